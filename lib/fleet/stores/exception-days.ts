import type { HoursExceptions } from "@/lib/fleet/stores/opening-hours"

type Spans = HoursExceptions[string]
/** Days in a row, `to` included, that are closed (no span) or open at the same hours. */
export type ExceptionRange = { from: string; to: string; spans: Spans }

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

function daysOf(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day)
  return days
}

/** Exceptions with the same hours from one day to another, `to` included. */
export const withRange = (
  exceptions: HoursExceptions,
  { from, to, spans }: ExceptionRange,
): HoursExceptions => ({ ...exceptions, ...Object.fromEntries(daysOf(from, to).map((day) => [day, spans])) })

/** Exceptions without those of the days. */
export const withoutRange = (
  exceptions: HoursExceptions,
  { from, to }: Pick<ExceptionRange, "from" | "to">,
): HoursExceptions => Object.fromEntries(Object.entries(exceptions).filter(([day]) => day < from || day > to))

/** Exceptions in order, days in a row with the same hours as one. */
export function rangesOf(exceptions: HoursExceptions): ExceptionRange[] {
  const ranges: ExceptionRange[] = []
  for (const [day, spans] of Object.entries(exceptions).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const last = ranges.at(-1)
    if (last && dayAfter(last.to) === day && JSON.stringify(last.spans) === JSON.stringify(spans))
      last.to = day
    else ranges.push({ from: day, to: day, spans })
  }
  return ranges
}
