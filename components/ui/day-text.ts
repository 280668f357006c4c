import type { DateTimeFormatOptions, useFormatter } from "next-intl"

/** The start of a day in UTC, in which days are written. */
export const midnightOf = (day: string): Date => new Date(`${day}T00:00:00Z`)

/** Writes a day: 24 Nov 2026. */
export const dayText = (
  format: Pick<ReturnType<typeof useFormatter>, "dateTime">,
  day: string,
  style: DateTimeFormatOptions = { dateStyle: "medium" },
): string => format.dateTime(midnightOf(day), { ...style, timeZone: "UTC" })
