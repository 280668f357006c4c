import {
  createTheme,
  darken,
  lighten,
  luminance,
  type CSSVariablesResolver,
  type MantineTheme,
} from "@mantine/core"

const fonts = [
  "-apple-system",
  "BlinkMacSystemFont",
  '"Segoe UI"',
  '"PingFang SC"',
  '"Noto Sans SC"',
  '"Noto Sans CJK SC"',
  '"Microsoft YaHei"',
  "sans-serif",
].join(", ")

/** Titles often are names, which may be long. */
const windowTitle = { fontWeight: 650, lineHeight: 1.35, overflowWrap: "anywhere" }

export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: 9,
  fontFamily: fonts,
  headings: { fontFamily: fonts, fontWeight: "650" },
  defaultRadius: "md",
  cursorType: "pointer",
  components: {
    Badge: { defaultProps: { tt: "none", fw: 600, miw: "max-content" } },
    // This colour is visible on the page and on cards.
    Code: { defaultProps: { color: "var(--mantine-color-gray-light)" } },
    // A form opens with the focus in its first field, whose list must not cover the others.
    Select: { defaultProps: { openOnFocus: false } },
    MultiSelect: { defaultProps: { openOnFocus: false } },
    TagsInput: { defaultProps: { openOnFocus: false } },
    Autocomplete: { defaultProps: { openOnFocus: false } },
    Modal: { styles: { title: windowTitle } },
    Drawer: { styles: { title: windowTitle } },
  },
})

/** WCAG asks for 4.5. Rounding of colours costs a little. */
const enough = 4.6

/** The contrast of two colours as WCAG 2 defines it. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** The tone nearest to a colour that can be read on all backgrounds. */
export function readable(color: string, backgrounds: readonly string[], change: typeof darken): string {
  for (let percent = 0; percent < 100; percent += 4) {
    const tone = change(color, percent / 100)
    if (backgrounds.every((background) => contrast(tone, background) >= enough)) return tone
  }
  return change(color, 1)
}

type Shades = MantineTheme["colors"][string]

const onLight = (theme: MantineTheme, own: Shades) => [theme.white, theme.colors.gray[1], own[1]]
const onDark = ({ colors: { dark } }: MantineTheme, own: Shades) => [dark[8], dark[5], darken(own[9], 0.5)]

/** Texts and filled buttons of one colour. Mantine's own tones of yellow, orange and teal are too pale. */
function tonesOf(theme: MantineTheme, name: string, own: Shades) {
  const text = readable(own[8], onLight(theme, own), darken)
  const filled = readable(own[9], [theme.white], darken)
  const pale = readable(own[4], onDark(theme, own), lighten)
  const always = { filled, "filled-hover": darken(filled, 0.12) }
  const named = (tones: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(tones).map(([tone, value]) => [`--mantine-color-${name}-${tone}`, value]),
    )
  return {
    light: named({ ...always, text, "light-color": text, outline: text }),
    dark: named({ ...always, text: pale, "light-color": pale, outline: pale }),
  }
}

/** Makes every text readable in both colour schemes: one place instead of a colour on each page. */
export const readableColors: CSSVariablesResolver = (theme) => {
  const { gray, dark, red, teal } = theme.colors
  const tones = Object.entries(theme.colors)
    .filter(([name]) => name !== "dark")
    .map(([name, own]) => tonesOf(theme, name, own))
  const light = (color: string, own: Shades = gray) => readable(color, onLight(theme, own), darken)
  const pale = (color: string, own: Shades = gray) => readable(color, onDark(theme, own), lighten)
  const grey = { light: light(gray[6]), dark: pale(dark[2]) }
  return {
    variables: {},
    light: Object.assign(
      {
        "--mantine-color-dimmed": grey.light,
        "--mantine-color-placeholder": grey.light,
        "--mantine-color-error": light(red[8], red),
        "--mantine-color-success": light(teal[8], teal),
        "--mantine-color-anchor": light(teal[9], teal),
      },
      ...tones.map((tone) => tone.light),
    ),
    dark: Object.assign(
      {
        "--mantine-color-dimmed": grey.dark,
        "--mantine-color-placeholder": grey.dark,
        "--mantine-color-error": pale(red[4], red),
        "--mantine-color-success": pale(teal[4], teal),
        "--mantine-color-anchor": pale(teal[4], teal),
      },
      ...tones.map((tone) => tone.dark),
    ),
  }
}
