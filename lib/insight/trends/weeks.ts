import type { Day } from "@/lib/base/time/zone"
import { dayOf, numberOf } from "@/lib/base/time/zone-days"

/**
 * A terminal's store-local week, by its Monday: the medians of its days, and what its counters showed at its
 * end.
 */
export type Week = {
  week: Day
  battery: number | null
  storage: number | null
  signal: number | null
  printerLines: number | null
  chipReads: number | null
}

type Counters = Pick<Week, "printerLines" | "chipReads">

/** So many weeks are kept. */
export const keptWeeks = 26

// Weeks as numbers, whose zero is the first Monday after 1970 began.
const firstMonday = 4
const weekDays = 7
const dayMs = 86_400_000

/** An instant in weeks. */
export const weeksAt = (instant: number): number => (instant / dayMs - firstMonday) / weekDays
export const weekNumber = (week: Day): number => (numberOf(week) - firstMonday) / weekDays
/** The day of a time in weeks. */
export const dayOfWeeks = (weeks: number): Day => dayOf(Math.floor(weeks * weekDays + firstMonday))

/**
 * Gives weeks, the oldest first, what the counters showed at the end of each: what they show now without what
 * came later. Before a counter was reset it is not known.
 */
export function withCounters(added: readonly Week[], now: Counters): Week[] {
  const left = { ...now }
  const back = (counter: keyof Counters, added: number | null): number | null => {
    const shown = left[counter]
    if (shown === null) return null
    left[counter] = shown < (added ?? 0) ? null : shown - (added ?? 0)
    return shown
  }
  return added
    .toReversed()
    .map((week) => ({
      ...week,
      printerLines: back("printerLines", week.printerLines),
      chipReads: back("chipReads", week.chipReads),
    }))
    .toReversed()
}

/** The newest weeks: those before the first that was read anew, and those. */
export function mergeWeeks(known: readonly Week[], read: readonly Week[], last: Day): Week[] {
  const from = read[0]?.week
  return [...known.filter(({ week }) => from === undefined || week < from), ...read]
    .filter(({ week }) => week <= last)
    .slice(-keptWeeks)
}
