import { createTranslator } from "next-intl"
import { expect, test } from "vitest"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"
import { detectEverySeconds, ruleNames, type RuleName } from "@/lib/insight/flags/words"

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
    const said = (rule: RuleName) =>
      Object.entries(flags.rules[rule]).flatMap(([key, text]) => (text ? [key] : []))
    expect(Object.fromEntries(ruleNames.map((rule) => [rule, said(rule)]))).toEqual(
      Object.fromEntries(ruleNames.map((rule) => [rule, ["name", "opens", "toDo", "who", "clears"]])),
    )
  },
)
