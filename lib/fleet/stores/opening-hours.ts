import { z } from "zod"
import type { Day } from "@/lib/base/time/zone"
import { dayAt, dayOf, instantOf, numberOf, startOfDay } from "@/lib/base/time/zone-days"
import { mostExceptions, mostSpans, weekdays } from "@/lib/fleet/stores/words"

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: "a time such as 09:00" })
const spans = z.array(z.tuple([clock, clock])).max(mostSpans)

/**
 * When a store is open, in its own time: `{"mon": [["09:00", "21:30"]]}`. A span whose end is not after its
 * start ends on the next day. A missing day is closed.
 */
export const OpeningHours = z.partialRecord(z.enum(weekdays), spans)
export type OpeningHours = z.infer<typeof OpeningHours>

/**
 * Days with other hours than their weekday: `{"2026-10-01": [], "2026-10-02": [["10:00", "18:00"]]}`. An
 * empty list means closed.
 */
export const HoursExceptions = z
  .record(z.iso.date({ error: "a day such as 2026-10-01" }), spans)
  .refine((days) => Object.keys(days).length <= mostExceptions, { error: `at most ${mostExceptions} days` })
export type HoursExceptions = z.infer<typeof HoursExceptions>

/**
 * A store's time zone and hours. `week` is null if the hours are unknown. `closedOn` is the day from which
 * the store is closed for good.
 */
export type Calendar = {
  zone: string
  hours: OpeningHours | null
  exceptions: HoursExceptions
  closedOn: Day | null
}

type Row = { time_zone: string; opening_hours: unknown; hours_exceptions: unknown; closed_on: Day | null }

export function calendarOf({
  time_zone: zone,
  opening_hours: week,
  hours_exceptions: days,
  closed_on: closedOn,
}: Row): Calendar {
  const [hours, exceptions] = [OpeningHours.safeParse(week), HoursExceptions.safeParse(days)]
  return {
    zone,
    hours: hours.success ? hours.data : null,
    exceptions: exceptions.success ? exceptions.data : {},
    closedOn,
  }
}

/** The instant from which a store is closed for good, in milliseconds. Infinity if it is not closed. */
export const closedFrom = ({ closedOn, zone }: Pick<Calendar, "closedOn" | "zone">): number =>
  closedOn === null ? Infinity : startOfDay(zone, numberOf(closedOn))

/** [from, to) in epoch milliseconds. */
export type Span = { from: number; to: number }

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

/** 1970-01-01, day 0, was a Thursday. */
const weekdayOf = (day: number) => weekdays[(((day + 3) % 7) + 7) % 7]

/**
 * The open spans that begin on a day of the store, in order. An exception replaces the hours of its day. A
 * day with unknown hours counts as closed.
 */
export function spansOfDay({ zone, hours, exceptions }: Calendar, day: number): Span[] {
  const weekday = weekdayOf(day)
  const given = exceptions[dayOf(day)] ?? (weekday && hours?.[weekday]) ?? []
  return given
    .map(([opens, closes]) => {
      const [begin, end] = [minutesOf(opens), minutesOf(closes)]
      return {
        from: instantOf(zone, day, begin),
        to: instantOf(zone, day, end <= begin ? end + 1440 : end),
      }
    })
    .toSorted((a, b) => a.from - b.from)
}

/** The open spans that touch [from, to), in order. Each day uses the store's own zone. */
export function openSpans(calendar: Calendar, from: number, to: number): Span[] {
  const { zone } = calendar
  const until = Math.min(to, closedFrom(calendar))
  const found: Span[] = []
  // Begins a day early, for spans that run past midnight.
  for (let day = dayAt(zone, from) - 1; startOfDay(zone, day) < until; day += 1) {
    for (const open of spansOfDay(calendar, day)) {
      const span = { from: Math.max(from, open.from), to: Math.min(until, open.to) }
      if (span.from < span.to) found.push(span)
    }
  }
  return found
}
