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
    const texts = ["name", "opens", "toDo", "who", "clears"]
    for (const rule of ruleNames)
      expect(
        Object.entries(flags.rules[rule])
          .filter(([, text]) => text !== "")
          .map(([key]) => key),
        rule,
      ).toEqual(texts)
  },
)
