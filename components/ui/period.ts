"use client"

import { type DateTimeFormatOptions, useFormatter } from "next-intl"

type Period = { from: string; to: string; days: { first: string; last: string } | null }

/**
 * Writes two times as a range. The server may put thin spaces around the dash where a browser puts plain
 * ones, so all become plain: both must write the same.
 */
export const rangeText = (
  format: ReturnType<typeof useFormatter>,
  first: Date,
  last: Date,
  style: DateTimeFormatOptions,
): string => format.dateTimeRange(first, last, style).replaceAll(/\p{Zs}/gu, " ")

/** Writes a range of dates or hours: 24–30 Nov 2026. */
export function usePeriodText(): (period: Period) => string {
  const format = useFormatter()
  return ({ from, to, days }) => {
    if (days === null)
      return rangeText(format, new Date(from), new Date(to), { dateStyle: "medium", timeStyle: "short" })
    const [first, last] = [days.first, days.last].map((day) => new Date(`${day}T00:00:00Z`))
    const style = { dateStyle: "medium", timeZone: "UTC" } as const
    if (!first || !last || days.first === days.last) return format.dateTime(first ?? new Date(0), style)
    return rangeText(format, first, last, style)
  }
}
