import { createTranslator } from "next-intl"
import type { Locale } from "@/lib/base/i18n/locale"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"

/** Translates a key of the report. */
export type Translate = (key: string, values?: Record<string, string | number>) => string

/** The messages of the weekly report in a given language, which need not be that of the browser. */
export function reportWords(locale: Locale): Translate {
  const { causes, checks, components, flagKinds, flags, report, terminalStatuses } = locale === "zh" ? zh : en
  const messages = {
    ...report,
    causes,
    checks,
    components,
    flags,
    kinds: flagKinds,
    statuses: terminalStatuses,
  }
  return createTranslator<Record<string, unknown>>({ locale, messages }) as Translate
}
