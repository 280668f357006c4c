import { createTranslator } from "next-intl"
import type { Locale } from "@/lib/base/i18n/locale"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"

type Translate = (key: string, values?: Record<string, string | number>) => string

/** The messages of a diagnosis in a given language, which need not be that of the browser. */
export function diagnosisWords(locale: Locale): Translate {
  const { diagnoses, verdicts } = locale === "zh" ? zh : en
  return createTranslator<Record<string, unknown>>({
    locale,
    messages: { ...diagnoses, evidence: verdicts.evidence },
  }) as Translate
}
