"use client"

import { type DateTimeFormatOptions, useFormatter } from "next-intl"
import { dayText, midnightOf } from "@/components/ui/day-text"

type Period = { from: string; to: string; days: { first: string; last: string } | null }

/**
 * Writes two times as a range. The server may put thin spaces around the dash where a browser puts plain
 * ones, so all become plain: both must write the same. Chinese formats have another form for dates in ranges;
 * here a range is written with the form of single dates.
 */
export function rangeText(
  format: ReturnType<typeof useFormatter>,
  first: Date,
  last: Date,
  style: DateTimeFormatOptions,
): string {
  const from = format.dateTime(first, style)
  const text = /^\d+年/.test(from)
    ? `${from}至${afterShared(from, format.dateTime(last, style))}`
    : format.dateTimeRange(first, last, style)
  return text.replaceAll(/\p{Zs}/gu, " ")
}

/** What of a Chinese time is not said before: 28日 after 22日 of the same month. */
function afterShared(first: string, last: string): string {
  let rest = last
  for (const [part] of first.matchAll(/\d+[年月]|\d+日 /g)) {
    if (!rest.startsWith(part)) break
    rest = rest.slice(part.length)
  }
  return rest
}

/** Writes the days from the first to the last one. */
export const daysText = (format: ReturnType<typeof useFormatter>, first: string, last: string): string =>
  first === last
    ? dayText(format, first)
    : rangeText(format, midnightOf(first), midnightOf(last), { dateStyle: "medium", timeZone: "UTC" })

/** Writes a range of dates or hours: 24–30 Nov 2026. */
export function usePeriodText(): (period: Period) => string {
  const format = useFormatter()
  return ({ from, to, days }) => {
    if (days === null)
      return rangeText(format, new Date(from), new Date(to), { dateStyle: "medium", timeStyle: "short" })
    return daysText(format, days.first, days.last)
  }
}
