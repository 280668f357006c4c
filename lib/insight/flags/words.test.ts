import { createTranslator } from "next-intl"
import { expect, test } from "vitest"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"
import { detectEverySeconds, ruleNames } from "@/lib/insight/flags/words"

test.each([
  ["en", en, "every 30 seconds"],
  ["zh", zh, "每 30 秒"],
] as const)("screens say in %s how often terminals are evaluated", (locale, messages, interval) => {
  const t = createTranslator({ locale, messages })
  const seconds = { seconds: detectEverySeconds }
  expect(t("flags.noneText", seconds)).toContain(interval)
})

test.each([
  ["en", en],
  ["zh", zh],
])(
  "every rule has its name, what opens and clears it, what to do and who does it in %s",
  (_locale, { flags }) => {
    for (const texts of [flags.rules, flags.whatOpens, flags.whatToDo, flags.whatClears, flags.who])
      expect(Object.keys(texts)).toEqual(expect.arrayContaining([...ruleNames]))
  },
)
