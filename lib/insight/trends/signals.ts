import { median, type Limit, type Point } from "@/lib/base/statistics/theil-sen"
import { addDays, type Day } from "@/lib/base/time/zone"
import {
  batteryWornAt,
  printedLineMm,
  storageFullAt,
  usualChipInsertions,
  usualPrinterHeadKm,
} from "@/lib/fleet/terminals/wear"
import { fewestWeeks, trendOf, type Trend } from "@/lib/insight/trends/trend"
import { weekNumber, type Week } from "@/lib/insight/trends/weeks"
import { signals, type Signal } from "@/lib/insight/trends/words"

/** What the vendor says of a model's parts. Null: nothing. */
export type PartLives = { printerHeadKm: number | null; chipInsertions: number | null }

/** A trend as it is kept: with its limit, and where its line is now. Times are weeks. */
export type KeptTrend = Trend & { limit: number; level: number }
export type Trends = Partial<Record<Signal, KeptTrend>>

type Reading = {
  value: (week: Week) => number | null
  limit: (lives: PartLives) => Limit
  /** A counter only grows; when it shrinks, it began anew. */
  isCounter: boolean
}

const mmPerKm = 1_000_000

const readings: Record<Signal, Reading> = {
  battery: {
    value: ({ battery }) => battery,
    limit: () => ({ value: batteryWornAt, direction: "falling" }),
    isCounter: false,
  },
  storage: {
    value: ({ storage }) => storage,
    limit: () => ({ value: storageFullAt, direction: "rising" }),
    isCounter: false,
  },
  printer_head: {
    value: ({ printerLines: lines }) => (lines === null ? null : (lines * printedLineMm) / mmPerKm),
    limit: ({ printerHeadKm }) => ({ value: printerHeadKm ?? usualPrinterHeadKm, direction: "rising" }),
    isCounter: true,
  },
  chip_reader: {
    value: ({ chipReads }) => chipReads,
    limit: ({ chipInsertions }) => ({ value: chipInsertions ?? usualChipInsertions, direction: "rising" }),
    isCounter: true,
  },
}

export const limitOf = (signal: Signal, lives: PartLives): Limit => readings[signal].limit(lives)

/** A signal's values by week, since its counter began. */
export function valuesOf(weeks: readonly Week[], signal: Signal): { week: string; value: number }[] {
  const { value, isCounter } = readings[signal]
  const known = weeks.flatMap((week) => {
    const measured = value(week)
    return measured === null ? [] : [{ week: week.week, value: measured }]
  })
  if (!isCounter) return known
  const reset = known.findLastIndex((one, i) => i > 0 && one.value < (known[i - 1]?.value ?? 0))
  return known.slice(Math.max(0, reset))
}

/** A median is that of the middle of its week, and a counter that of its end. */
function pointsOf(weeks: readonly Week[], signal: Signal): Point[] {
  const part = readings[signal].isCounter ? 1 : 0.5
  return valuesOf(weeks, signal).map(({ week, value }) => ({ x: weekNumber(week) + part, y: value }))
}

/** Trends without a value for so many weeks are over, and those that end in so many years say nothing. */
const mostWeeksOld = 5
const mostWeeksAhead = 2 * 52
/** A later bound says nothing either. A slope near its error has one beyond all calendars. */
const mostWeeksToBound = 10 * 52

/** When each signal reaches its limit, for those of which that can be said. */
export function trendsOf(weeks: readonly Week[], lives: PartLives, now: number): Trends {
  return Object.fromEntries(
    signals.flatMap((signal) => {
      const points = pointsOf(weeks, signal)
      const limit = limitOf(signal, lives)
      const isOver = now - (points.at(-1)?.x ?? 0) > mostWeeksOld
      const trend = isOver || !canReach(points, limit) ? null : trendOf(points, limit, now)
      if (!trend || trend.due - now > mostWeeksAhead) return []
      const isReached = trend.due <= now
      const level = isReached
        ? (points.at(-1)?.y ?? limit.value)
        : limit.value - trend.slope * (trend.due - now)
      const late = trend.late === null || trend.late - now > mostWeeksToBound ? null : trend.late
      return [[signal, { ...trend, late, limit: limit.value, level }]]
    }),
  )
}

/** Most values hardly move. Those that cannot reach the limit in time need no line, which is slow to fit. */
function canReach(points: readonly Point[], { value, direction }: Limit): boolean {
  const values = points.map(({ y }) => y)
  const left = Math.min(...values.map((y) => (direction === "rising" ? value - y : y - value)))
  const range = Math.max(...values) - Math.min(...values)
  return left <= (range * mostWeeksAhead) / fewestWeeks
}

const comparedDays = 8 * 7
/** More than the weeks at another store that are still known after a move. */
const fewestCompared = 5

/** The signal of the last week, and how much weaker it is than in the eight weeks before. */
export function signalDrop(weeks: readonly Week[], last: Day): { level: number | null; drop: number | null } {
  const level = weeks.find(({ week }) => week === last)?.signal ?? null
  const before = weeks
    .filter(({ week }) => week < last && week >= addDays(last, -comparedDays))
    .flatMap(({ signal }) => signal ?? [])
  return { level, drop: level !== null && before.length >= fewestCompared ? median(before) - level : null }
}
