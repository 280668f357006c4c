import { createTranslator } from "next-intl"
import type { Locale } from "@/lib/base/i18n/locale"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"
import type { Evidence } from "@/lib/insight/verdicts/schemas"
import { numbersOf } from "@/lib/insight/verdicts/words"

type Translate = (key: string, values: Record<string, string | number>) => string

const translatorOf = (locale: Locale) =>
  createTranslator<Record<string, unknown>>({
    locale,
    messages: (locale === "zh" ? zh : en).verdicts.evidence,
  }) as Translate

const translators: Record<Locale, Translate> = { en: translatorOf("en"), zh: translatorOf("zh") }

/** A piece of evidence as a sentence in each language. */
export const sentencesOf = (one: Evidence): Record<Locale, string> => ({
  en: translators.en(one.code, numbersOf(one)),
  zh: translators.zh(one.code, numbersOf(one)),
})
