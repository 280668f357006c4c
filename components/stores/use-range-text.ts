import { useFormatter, useTranslations } from "next-intl"
import type { ExceptionRange } from "@/lib/fleet/stores/exception-days"

/** Dates and their hours as text: 1 – 3 Oct 2026: closed. */
export function useRangeText(): (range: ExceptionRange) => string {
  const t = useTranslations("places")
  const format = useFormatter()
  const options = { dateStyle: "medium", timeZone: "UTC" } as const
  const at = (day: string) => new Date(`${day}T00:00:00Z`)
  return ({ from, to, spans }) => {
    const days =
      from === to ? format.dateTime(at(from), options) : format.dateTimeRange(at(from), at(to), options)
    return t("exception", { days, hours: spans.length === 0 ? t("closed") : spansText(spans) })
  }
}

export const spansText = (spans: [string, string][]): string =>
  spans.map(([opens, closes]) => `${opens}–${closes}`).join(", ")
