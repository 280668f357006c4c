import { createFormatter } from "next-intl"
import { expect, test } from "vitest"
import { rangeText } from "@/components/ui/period"
import { formatsOf } from "@/lib/base/i18n/locale"

const [monday, sunday] = [new Date("2026-11-23T00:00:00Z"), new Date("2026-11-29T00:00:00Z")]

test.each([
  ["en", "23 – 29 Nov 2026"],
  ["zh", "2026/11/23 – 2026/11/29"],
] as const)("a range has plain spaces, as a browser writes it (%s)", (language, text) => {
  const format = createFormatter({ locale: formatsOf[language], timeZone: "UTC" })
  expect(rangeText(format, monday, sunday, { dateStyle: "medium" })).toBe(text)
})
