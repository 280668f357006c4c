import { nextDay } from "@/lib/base/time/reader-day"
import type { HoursExceptions } from "@/lib/fleet/stores/opening-hours"

type Spans = HoursExceptions[string]
/** Consecutive days with the same hours, `to` included. No spans means closed. */
export type ExceptionRange = { from: string; to: string; spans: Spans }

function daysOf(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = nextDay(day)) days.push(day)
  return days
}

/** Adds exceptions with the same hours for all days from `from` to `to`, both included. */
export const withRange = (
  exceptions: HoursExceptions,
  { from, to, spans }: ExceptionRange,
): HoursExceptions => ({ ...exceptions, ...Object.fromEntries(daysOf(from, to).map((day) => [day, spans])) })

/** Removes the exceptions of these days. */
export const withoutRange = (
  exceptions: HoursExceptions,
  { from, to }: Pick<ExceptionRange, "from" | "to">,
): HoursExceptions => Object.fromEntries(Object.entries(exceptions).filter(([day]) => day < from || day > to))

/** Exceptions in date order. Consecutive days with the same hours become one range. */
export function rangesOf(exceptions: HoursExceptions): ExceptionRange[] {
  const ranges: ExceptionRange[] = []
  for (const [day, spans] of Object.entries(exceptions).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const last = ranges.at(-1)
    if (last && nextDay(last.to) === day && JSON.stringify(last.spans) === JSON.stringify(spans))
      last.to = day
    else ranges.push({ from: day, to: day, spans })
  }
  return ranges
}
