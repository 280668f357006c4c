import { createFormatter } from "next-intl"
import { expect, test } from "vitest"
import { rangeText } from "@/components/ui/period"
import { formatsOf } from "@/lib/base/i18n/locale"

const formatIn = (language: "en" | "zh") => createFormatter({ locale: formatsOf[language], timeZone: "UTC" })
const [monday, sunday] = [new Date("2026-11-23T00:00:00Z"), new Date("2026-11-29T00:00:00Z")]

test.each([
  ["en", "23 – 29 Nov 2026"],
  ["zh", "2026年11月23日至29日"],
] as const)("a range has plain spaces, as a browser writes it (%s)", (language, text) => {
  expect(rangeText(formatIn(language), monday, sunday, { dateStyle: "medium" })).toBe(text)
})

const midnight = " 00:00"

test.each([
  ["2026-12-05T00:00:00Z", "至12月5日", midnight],
  ["2027-01-02T00:00:00Z", "至2027年1月2日", midnight],
  ["2026-11-23T18:30:00Z", "至", "18:30"],
])("a Chinese range to %s has the form of Chinese dates", (to, day, time) => {
  const style = { dateStyle: "medium", timeStyle: "short" } as const
  const text = rangeText(formatIn("zh"), monday, new Date(to), style)
  expect(text).toBe(`2026年11月23日${midnight}${day}${time}`)
})
