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

test.each([
  ["2026-12-05T00:00:00Z", "2026年11月23日至12月5日", "2026年11月23日 00:00至12月5日 00:00"],
  ["2027-01-02T00:00:00Z", "2026年11月23日至2027年1月2日", "2026年11月23日 00:00至2027年1月2日 00:00"],
  ["2026-11-23T18:30:00Z", null, "2026年11月23日 00:00至18:30"],
])("a Chinese range to %s has the form of Chinese dates", (to, days, times) => {
  const format = formatIn("zh")
  const text = (timeStyle?: "short") =>
    rangeText(format, monday, new Date(to), { dateStyle: "medium", ...(timeStyle ? { timeStyle } : {}) })
  expect([days === null ? null : text(), text("short")]).toEqual([days, times])
})
