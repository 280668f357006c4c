import { expect, test } from "vitest"
import { localeOf } from "@/lib/base/i18n/locale"

test.each([
  [undefined, "en-GB,en;q=0.9,zh;q=0.5", "en"],
  [undefined, "zh-CN,zh;q=0.9", "zh"],
  [undefined, "de-DE,de;q=0.9,en;q=0.5", "en"],
  [undefined, "fr", "zh"],
  [undefined, null, "zh"],
  ["en", "zh-CN", "en"],
  ["xx", "zh-CN", "zh"],
] as const)("cookie %s and languages %s give %s", (cookie, languages, locale) => {
  expect(localeOf(cookie, languages)).toBe(locale)
})
