import { pageFrame } from "@/components/help/page-frame"
import type { Locale } from "@/lib/base/i18n/locale"
import { html } from "@/lib/base/text/html"
import { diagnosisWords } from "@/lib/insight/diagnoses/words"

export type NoHelp = "gone" | "busy" | "trouble"

/** Says why a help link does not open, and what to do meanwhile. */
export function noHelpPage({ why, locale, nonce }: { why: NoHelp; locale: Locale; nonce: string }): string {
  const t = diagnosisWords(locale)
  return pageFrame({
    locale,
    nonce,
    title: t(`page.${why}Title`),
    main: html`<p>${t(`page.${why}Text`)}</p>`,
  })
}
