import type { Locale } from "@/lib/base/i18n/locale"
import { translatorOf } from "@/lib/base/i18n/translator"
import type { Evidence } from "@/lib/insight/verdicts/schemas"
import { numbersOf } from "@/lib/insight/verdicts/words"

const sentencesIn = (locale: Locale) => translatorOf(locale, ({ verdicts }) => verdicts.evidence)
const translators = { en: sentencesIn("en"), zh: sentencesIn("zh") }

/** A piece of evidence as a sentence in each language. */
export const sentencesOf = (one: Evidence): Record<Locale, string> => ({
  en: translators.en(one.code, numbersOf(one)),
  zh: translators.zh(one.code, numbersOf(one)),
})
