import { useFormatter, useTranslations } from "next-intl"
import { daysText } from "@/components/ui/period"
import type { ExceptionRange } from "@/lib/fleet/stores/exception-days"

/** Dates and their hours as text: 1 – 3 Oct 2026: closed. */
export function useRangeText(): (range: ExceptionRange) => string {
  const t = useTranslations("places")
  const comma = useTranslations("common")("comma")
  const format = useFormatter()
  return ({ from, to, spans }) =>
    t("exception", {
      days: daysText(format, from, to),
      hours: spans.length === 0 ? t("closed") : spansText(spans, comma),
    })
}

export const spansText = (spans: [string, string][], comma: string): string =>
  spans.map(([opens, closes]) => `${opens}–${closes}`).join(comma)
