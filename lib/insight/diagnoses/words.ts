import type { Locale } from "@/lib/base/i18n/locale"
import { translatorOf, type Translate } from "@/lib/base/i18n/translator"

/** The messages of a diagnosis. */
export const diagnosisWords = (locale: Locale): Translate =>
  translatorOf(locale, ({ diagnoses, verdicts }) => ({ ...diagnoses, evidence: verdicts.evidence }))
