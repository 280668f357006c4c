import { DateTime } from "luxon"
import { AppError } from "@/lib/base/errors"
import { datesOf, defaultDates, defaultRange, type RangeName } from "@/lib/base/time/range-names"
import { addDays, dayStart, daysBetween, localDay, zonedText, type Day } from "@/lib/base/time/zone"

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Longer ranges are read by day. */
const mostHours = 48
// The years that JavaScript and PostgreSQL both can handle.
const [earliest, latest] = [Date.parse("1970-01-01T00:00:00Z"), Date.parse("9999-01-01T00:00:00Z")]

/**
 * Dates, the last one included. Each store reads its own days of these dates, so that a day of the
 * organisation is the sum of its stores' days of that date.
 */
export type Days = { first: Day; last: Day }

/** Whole UTC hours. `to` is not included. */
export type Hours = { from: string; to: string }
/** The previous period is so many whole weeks earlier that it ends before the range: Mondays meet Mondays. */
export type HourRange = { resolution: "hour"; previous: Hours; hours: Hours }
export type DayRange = { resolution: "day"; previous: Days; days: Days }
export type Range = HourRange | DayRange

export type Period = { from: string; to: string; days: Days | null }
/** The range to read, and how the answer reports it: days as instants of the organisation's zone, too. */
export type RangeUsed = Period & { range: Range; previous: Period }
export type DaysUsed = RangeUsed & { range: DayRange; days: Days }

export type Wanted = {
  /** A range that ends now, instead of `from` and `to`. */
  range?: RangeName | undefined
  /** Instants, or dates in the organisation's zone. A date `to` is included, an instant is not. */
  from?: string | undefined
  to?: string | undefined
}
type Given = Wanted & {
  zone: string
  /** The oldest hour that is kept. */
  hoursFrom: Date
  /** True where no hours are kept, or none are asked for. */
  daysOnly: boolean
  at: Date
}

/**
 * Chooses the range to read: whole UTC hours if it has at most 48 hours, and the previous period is still
 * kept by hour; otherwise the dates that it touches in the organisation's zone.
 */
export function rangeOf(given: Given & { daysOnly: true }): DaysUsed
export function rangeOf(given: Given): RangeUsed
export function rangeOf({ range, from, to, ...given }: Given): RangeUsed {
  if (range !== undefined && (from ?? to) !== undefined)
    throw new AppError("invalid", "Give either range, or from and to.", { field: "range" })
  const { at } = given
  const named = range ?? ((from ?? to) === undefined ? defaultRange : null)
  const dates = named === null ? null : datesOf[named]
  if (dates !== null) return ofDays(datesUntil(at.getTime(), dates, given.zone), given.zone)
  if (named !== null) return ofInstants(lastHours(at), given)
  return between({ from, to }, given)
}

function between({ from, to }: Pick<Wanted, "from" | "to">, given: Given): RangeUsed {
  const { zone, at } = given
  const end = to === undefined ? at.getTime() : isDate(to) ? startOf(addDays(to, 1), zone) : Date.parse(to)
  const begin = from === undefined ? null : isDate(from) ? startOf(from, zone) : Date.parse(from)
  if (begin !== null && begin >= end)
    throw new AppError("invalid", "from must be before to.", { field: "from" })
  // The day after 31 December 9999 is no instant.
  const isPossible = (begin ?? end) >= earliest && end <= latest
  if (!isPossible)
    throw new AppError("invalid", "from and to must be between 1970 and 9998.", {
      field: (begin ?? end) < earliest ? "from" : "to",
    })
  if (begin === null) return ofDays(datesUntil(end - 1, defaultDates, zone), zone)
  return ofInstants(
    { from: begin, to: end },
    { ...given, daysOnly: given.daysOnly || isDate(from) || isDate(to) },
  )
}

type Span = { from: number; to: number }

/** The range of hours, or of the dates that it touches. */
function ofInstants({ from, to }: Span, { zone, hoursFrom, daysOnly }: Given): RangeUsed {
  const [first, last] = [Math.floor(from / hourMs) * hourMs, Math.ceil(to / hourMs) * hourMs]
  const earlier = weekBefore(first, zone)
  const isShort = to - from <= mostHours * hourMs
  if (daysOnly || !isShort || earlier < hoursFrom.getTime()) return ofDays(datesBetween(from, to, zone), zone)
  const hours = { from: iso(first), to: iso(last) }
  const previous = { from: iso(earlier), to: iso(earlier + last - first) }
  return {
    range: { resolution: "hour", previous, hours },
    ...hours,
    days: null,
    previous: { ...previous, days: null },
  }
}

function ofDays(days: Days, zone: string): DaysUsed {
  const previous = daysBefore(days)
  return {
    range: { resolution: "day", previous, days },
    ...periodOf(days, zone),
    previous: periodOf(previous, zone),
  }
}

type Comparing = { from: string | undefined; to: string | undefined; zone: string }

/** With other dates than the previous period's, the last one included. */
export function comparedWith(used: RangeUsed, { from, to, zone }: Comparing): RangeUsed {
  if (from === undefined && to === undefined) return used
  if (from === undefined || to === undefined || from > to || used.range.resolution !== "day")
    throw new AppError("invalid", "Give compareFrom and compareTo, which is not before it.", {
      field: "compareTo",
    })
  if (from < "1970" || to >= "9999")
    throw new AppError("invalid", "compareFrom and compareTo must be between 1970 and 9998.", {
      field: from < "1970" ? "compareFrom" : "compareTo",
    })
  const previous = { first: from, last: to }
  return { ...used, range: { ...used.range, previous }, previous: periodOf(previous, zone) }
}

const periodOf = (days: Days, zone: string) => ({
  from: zonedText(dayStart(days.first, zone), zone),
  to: zonedText(dayStart(addDays(days.last, 1), zone), zone),
  days,
})

/** The dates of a range that ends now; of 24 hours those that it touches. */
export function datesOfRange(range: RangeName, zone: string, at: Date): Days {
  const dates = datesOf[range]
  if (dates !== null) return datesUntil(at.getTime(), dates, zone)
  const { from, to } = lastHours(at)
  return datesBetween(from, to, zone)
}

/** As many dates, whole weeks earlier. */
export function daysBefore({ first, last }: Days): Days {
  const shift = Math.ceil((daysBetween(first, last) + 1) / 7) * 7
  return { first: addDays(first, -shift), last: addDays(last, -shift) }
}

/** The same hour of the zone's clock a week before. */
const weekBefore = (at: number, zone: string): number =>
  Math.floor(DateTime.fromMillis(at, { zone }).minus({ weeks: 1 }).toMillis() / hourMs) * hourMs

/** The hour under way and the 23 before. */
function lastHours(at: Date): Span {
  const to = Math.ceil(at.getTime() / hourMs) * hourMs
  return { from: to - dayMs, to }
}

const datesBetween = (from: number, to: number, zone: string): Days => ({
  first: localDay(new Date(from), zone),
  last: localDay(new Date(to - 1), zone),
})

/** When the last so many dates of a zone begin, today included. */
export const startOfDates = (at: Date, { count, zone }: { count: number; zone: string }): Date =>
  dayStart(datesUntil(at.getTime(), count, zone).first, zone)

function datesUntil(end: number, count: number, zone: string): Days {
  const last = localDay(new Date(end), zone)
  return { first: addDays(last, 1 - count), last }
}

const isDate = (text: string | undefined): boolean => text?.length === "2026-11-24".length
const startOf = (day: Day, zone: string): number => dayStart(day, zone).getTime()
const iso = (ms: number): string => new Date(ms).toISOString()
