import { addDays, type Day } from "@/lib/base/time/zone"
import { dayOf, numberOf } from "@/lib/base/time/zone-days"
import { resetBit } from "@/lib/rollups/fold/sql/columns"

/** The counters that are followed, with their columns in rollups. */
export const followedCounters = {
  printerLines: "printer_lines",
  chipReads: "chip_reads",
  swipeReads: "swipe_reads",
} as const
type Counter = keyof typeof followedCounters
export type Counters = Record<Counter, number | null>

/**
 * A terminal's store-local week, by its Monday: the medians of its days, what its counters showed at its end,
 * and the hours in which its printer had an error, by 1,000 receipts.
 */
export type Week = Counters & {
  week: Day
  battery: number | null
  storage: number | null
  /** What nine tenths of a day's signals are above. */
  signalP10: number | null
  printerErrors: number | null
}

const unknown: Omit<Week, "week"> = {
  battery: null,
  storage: null,
  signalP10: null,
  printerErrors: null,
  printerLines: null,
  chipReads: null,
  swipeReads: null,
}

/** A week as it is kept. An earlier version knew less of it. */
export type KeptWeek = Pick<Week, "week"> & Partial<Week>
export const completed = (weeks: readonly KeptWeek[]): Week[] =>
  weeks.map((week) => ({ ...unknown, ...week }))

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

/** A week whose counters are what they counted in it. `resets` has the bits of those that were reset. */
export type AddedWeek = Week & { resets: number }

/**
 * Gives weeks, the oldest first, what the counters showed at the end of each: what they show now without what
 * came later. Before a counter was reset it is not known.
 */
export function withCounters(added: readonly AddedWeek[], now: Counters): Week[] {
  const left = { ...now }
  const back = (counter: Counter, week: AddedWeek): number | null => {
    const shown = left[counter]
    const isReset = (week.resets & resetBit(followedCounters[counter])) !== 0
    const before = (shown ?? 0) - (week[counter] ?? 0)
    left[counter] = shown === null || isReset || before < 0 ? null : before
    return shown
  }
  return added
    .toReversed()
    .map((week) => {
      const { resets: _resets, ...rest } = week
      return {
        ...rest,
        printerLines: back("printerLines", week),
        chipReads: back("chipReads", week),
        swipeReads: back("swipeReads", week),
      }
    })
    .toReversed()
}

/** Forgets the signals of another store, where the terminal was before the day `since`. */
export const withoutFormerSignals = (weeks: readonly Week[], since: Day): Week[] =>
  weeks.map((week) => (addDays(week.week, weekDays - 1) < since ? { ...week, signalP10: null } : week))

/** The newest weeks: those before the first that was read anew, and those. */
export function mergeWeeks(known: readonly Week[], read: readonly Week[], last: Day): Week[] {
  const from = read[0]?.week
  return [...known.filter(({ week }) => from === undefined || week < from), ...read]
    .filter(({ week }) => week <= last)
    .slice(-keptWeeks)
}
