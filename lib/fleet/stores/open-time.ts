import { dayAt, numberOf, startOfDay } from "@/lib/base/time/zone-days"
import { closedFrom, spansOfDay, type Calendar, type Span } from "@/lib/fleet/stores/opening-hours"

/** The time in which a store's terminals are expected to send something. */
export type OpenTime = {
  /** The spans from an instant on, in order and without overlaps. There may be no end of them. */
  spansFrom: (from: number) => Generator<Span>
}

/**
 * The open time of a store without `excluded`, which is in order and without overlaps. Where the hours are
 * unknown, all time counts.
 */
export function openTimeOf(calendar: Calendar, excluded: readonly Span[] = []): OpenTime {
  const closes = closedFrom(calendar)
  return {
    spansFrom: function* (from) {
      const spans = calendar.hours ? spansOfDays(calendar, from, closes) : [{ from, to: closes }]
      for (const span of spans) yield* without(span, excluded)
    },
  }
}

function* spansOfDays(calendar: Calendar, from: number, closes: number): Generator<Span> {
  const { zone } = calendar
  const lastDay = lastOpening(calendar)
  let until = from
  // Begins a day early, for spans that run past midnight.
  for (let day = dayAt(zone, from) - 1; day <= lastDay && startOfDay(zone, day) < closes; day += 1) {
    for (const open of spansOfDay(calendar, day)) {
      const span = { from: Math.max(until, open.from), to: Math.min(closes, open.to) }
      if (span.from >= span.to) continue
      until = span.to
      yield span
    }
  }
}

/** The last day on which the store may open. Infinity if it opens every week. */
function lastOpening({ hours, exceptions }: Calendar): number {
  if (Object.values(hours ?? {}).some((spans) => spans.length > 0)) return Infinity
  return Math.max(...Object.keys(exceptions).map(numberOf))
}

function* without(span: Span, excluded: readonly Span[]): Generator<Span> {
  let { from } = span
  for (const gap of excluded) {
    if (gap.from >= span.to) break
    if (gap.to <= from) continue
    if (from < gap.from) yield { from, to: gap.from }
    from = gap.to
  }
  if (from < span.to) yield { from, to: span.to }
}

/**
 * The instants at which these seconds of open time, in ascending order, have passed since `from`. Infinity
 * for those that never pass.
 */
export function instantsAfter(open: OpenTime, from: number, seconds: readonly number[]): number[] {
  const found: number[] = []
  let passed = 0
  for (const span of open.spansFrom(from)) {
    const length = span.to - span.from
    for (const wanted of seconds.slice(found.length)) {
      if (passed + length < wanted * 1000) break
      found.push(span.from + wanted * 1000 - passed)
    }
    if (found.length === seconds.length) return found
    passed += length
  }
  return seconds.map((_, place) => found[place] ?? Infinity)
}

/** Seconds of [from, to) in which the store was open. */
export function openSecondsBetween(open: OpenTime, from: number, to: number): number {
  let passed = 0
  for (const span of open.spansFrom(from)) {
    if (span.from >= to) break
    passed += Math.min(span.to, to) - span.from
  }
  return passed / 1000
}
