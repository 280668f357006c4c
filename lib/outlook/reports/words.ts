import type { Locale } from "@/lib/base/i18n/locale"
import { translatorOf, type Translate } from "@/lib/base/i18n/translator"

/** The messages of the weekly report. */
export const reportWords = (locale: Locale): Translate =>
  translatorOf(locale, ({ causes, checks, components, flagKinds, flags, report, terminalStatuses }) => ({
    ...report,
    causes,
    checks,
    components,
    flags,
    kinds: flagKinds,
    statuses: terminalStatuses,
  }))
