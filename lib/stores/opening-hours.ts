import { DateTime } from "luxon"
import { z } from "zod"

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: "a time such as 09:00" })
const spans = z.array(z.tuple([clock, clock])).max(4)

/**
 * When a store is open, in its own time: `{"mon": [["09:00", "21:30"]]}`. A span that ends before it begins
 * ends on the next day; a day that is missing is closed.
 */
export const OpeningHours = z.partialRecord(z.enum(weekdays), spans)
export type OpeningHours = z.infer<typeof OpeningHours>

type Span = { from: number; to: number }

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

/** The open spans (milliseconds since 1970) that touch [from, to), a day's own spans in its own zone, in order. */
export function openSpans(hours: OpeningHours, zone: string, from: number, to: number): Span[] {
  const found: Span[] = []
  // A day early, for spans that run past midnight.
  for (let day = DateTime.fromMillis(from, { zone }).startOf("day").minus({ days: 1 }); day.toMillis() < to; day = day.plus({ days: 1 })) {
    const weekday = weekdays[day.weekday - 1]
    for (const [opens, closes] of (weekday && hours[weekday]) ?? []) {
      const [begin, end] = [minutesOf(opens), minutesOf(closes)]
      const at = (minutes: number) => day.set({ hour: 0 }).plus({ days: Math.floor(minutes / 1440) }).set({ hour: Math.floor((minutes % 1440) / 60), minute: minutes % 60 }).toMillis()
      const span = { from: Math.max(from, at(begin)), to: Math.min(to, at(end <= begin ? end + 1440 : end)) }
      if (span.from < span.to) found.push(span)
    }
  }
  return found
}

/** Seconds of [from, to) in which the store was open. */
export const openSecondsBetween = (hours: OpeningHours, zone: string, from: number, to: number): number =>
  openSpans(hours, zone, from, to).reduce((total, span) => total + (span.to - span.from), 0) / 1000
