import { createTranslator } from "next-intl"
import type { Locale } from "@/lib/base/i18n/locale"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"

/** Words of the report in the reader's language, by key. */
export type Words = (key: string, values?: Record<string, string | number>) => string

/** The words of the weekly report in one language, whatever language the reader's browser speaks. */
export function reportWords(locale: Locale): Words {
  const { causes, checks, components, flagKinds, flags, report, terminalStatuses } = locale === "zh" ? zh : en
  const messages = {
    ...report,
    causes,
    checks,
    components,
    reasons: flags.reasons,
    kinds: flagKinds,
    statuses: terminalStatuses,
  }
  return createTranslator<Record<string, unknown>>({ locale, messages }) as Words
}
