import { DateTime } from "luxon"
import { closedFrom, spansOfDay, type Calendar, type Span } from "@/lib/fleet/stores/opening-hours"

/**
 * The time in which a store's terminals are expected to send something. Each day is computed once, however
 * many terminals ask.
 */
export type OpenTime = {
  /** The spans from an instant on, in order and without overlaps. There may be no end of them. */
  spansFrom: (from: number) => Generator<Span>
}

type StoreDay = { spans: Span[]; next: number }

/**
 * The open time of a store without `excluded`, which is in order and without overlaps. Where the hours are
 * unknown, all time counts.
 */
export function openTimeOf(calendar: Calendar, excluded: readonly Span[] = []): OpenTime {
  const { zone } = calendar
  const closes = closedFrom(calendar)
  const lastOpening = lastOpeningOf(calendar)
  const days = new Map<number, StoreDay>()
  const dayFrom = (begins: number): StoreDay => {
    const known = days.get(begins)
    if (known) return known
    const day = DateTime.fromMillis(begins, { zone })
    const next = day.plus({ days: 1 }).startOf("day").toMillis()
    const made = { spans: spansOfDay(calendar, day), next }
    days.set(begins, made)
    return made
  }

  function* spansOfDays(from: number): Generator<Span> {
    // Begins a day early, for spans that run past midnight.
    const first = DateTime.fromMillis(from, { zone }).minus({ days: 1 }).startOf("day").toMillis()
    let until = from
    for (let begins = first; begins < closes && begins <= lastOpening; begins = dayFrom(begins).next) {
      for (const open of dayFrom(begins).spans) {
        const span = { from: Math.max(until, open.from), to: Math.min(closes, open.to) }
        if (span.from >= span.to) continue
        until = span.to
        yield span
      }
    }
  }

  return {
    spansFrom: function* (from) {
      const spans = calendar.hours ? spansOfDays(from) : [{ from, to: closes }]
      for (const span of spans) yield* without(span, excluded)
    },
  }
}

/** The last day on which the store may open. Infinity if it opens every week. */
function lastOpeningOf({ hours, exceptions, zone }: Calendar): number {
  if (Object.values(hours ?? {}).some((spans) => spans.length > 0)) return Infinity
  const last = Object.keys(exceptions).toSorted().at(-1)
  return last === undefined ? -Infinity : DateTime.fromISO(last, { zone }).startOf("day").toMillis()
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
