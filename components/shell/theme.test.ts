import { DEFAULT_THEME, mergeMantineTheme } from "@mantine/core"
import { expect, test } from "vitest"
import { contrast, readableColors, theme } from "@/components/shell/theme"

const merged = mergeMantineTheme(DEFAULT_THEME, theme)
const variables = readableColors(merged)
const { white, colors } = merged

test.each([
  ["light", variables.light, [white, colors.gray[0], colors.gray[1]]],
  ["dark", variables.dark, [colors.dark[8], colors.dark[7], colors.dark[6], colors.dark[5]]],
] as const)(
  "every text of the %s scheme can be read on pages, cards and hovered rows",
  (_, tones, surfaces) => {
    const texts = Object.entries(tones).filter(([name]) => !name.includes("filled"))
    expect(texts.length).toBeGreaterThan(40)
    for (const [name, tone] of texts)
      for (const surface of surfaces)
        expect([name, surface, contrast(tone, surface) >= 4.5]).toEqual([name, surface, true])
  },
)

test.each([variables.light, variables.dark])("white text can be read on every filled button", (tones) => {
  for (const [name, tone] of Object.entries(tones).filter(([name]) => /filled/.test(name)))
    expect([name, contrast(white, tone) >= 4.5]).toEqual([name, true])
})
