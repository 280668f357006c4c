import { createTranslator } from "next-intl"
import type { Locale } from "@/lib/base/i18n/locale"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"

/** Translates a key of some messages. */
export type Translate = (key: string, values?: Record<string, string | number>) => string

/** Some of the messages in a given language, which need not be that of the browser. */
export function translatorOf(
  locale: Locale,
  choose: (messages: typeof en | typeof zh) => Record<string, unknown>,
): Translate {
  const messages = choose(locale === "zh" ? zh : en)
  return createTranslator<Record<string, unknown>>({ locale, messages }) as Translate
}
