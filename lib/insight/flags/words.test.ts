import { createTranslator } from "next-intl"
import { expect, test } from "vitest"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"
import { detectEverySeconds } from "@/lib/insight/flags/words"

test.each([
  ["en", en, "every 30 seconds"],
  ["zh", zh, "每 30 秒"],
] as const)("screens say in %s how often terminals are evaluated", (locale, messages, interval) => {
  const t = createTranslator({ locale, messages })
  const seconds = { seconds: detectEverySeconds }
  expect(t("flags.noneText", seconds)).toContain(interval)
})
