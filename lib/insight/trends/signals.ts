import { median, type Limit, type Point } from "@/lib/base/statistics/theil-sen"
import { addDays, type Day } from "@/lib/base/time/zone"
import {
  batteryWornAt,
  printedLineMm,
  printerErrorsAt,
  signalDropAt,
  storageFullAt,
  usualChipInsertions,
  usualPrinterHeadKm,
  usualSwipes,
} from "@/lib/fleet/terminals/wear"
import { fewestWeeks, trendOf, type Trend } from "@/lib/insight/trends/trend"
import { weekNumber, type Week } from "@/lib/insight/trends/weeks"
import { hasDueDate, signals, type Signal } from "@/lib/insight/trends/words"

/** What the vendor says of a model's parts. Null: nothing. */
export type PartLives = {
  printerHeadKm: number | null
  chipInsertions: number | null
  swipes: number | null
}

/** A trend as it is kept: with its limit, and where its line is now. Times are weeks. */
export type KeptTrend = Trend & { limit: number; level: number }
export type Trends = Partial<Record<Signal, KeptTrend>>

type Reading = {
  value: (week: Week) => number | null
  /** `values`: those of its weeks, the oldest first. */
  limit: (lives: PartLives, values: readonly number[]) => number
  direction: Limit["direction"]
  /** A counter only grows; when it shrinks, it began anew. */
  isCounter?: true
}

const mmPerKm = 1_000_000

const readings: Record<Signal, Reading> = {
  battery: { value: ({ battery }) => battery, limit: () => batteryWornAt, direction: "falling" },
  storage: { value: ({ storage }) => storage, limit: () => storageFullAt, direction: "rising" },
  printer_head: {
    value: ({ printerLines: lines }) => (lines === null ? null : (lines * printedLineMm) / mmPerKm),
    limit: ({ printerHeadKm }) => printerHeadKm ?? usualPrinterHeadKm,
    direction: "rising",
    isCounter: true,
  },
  printer_errors: {
    value: ({ printerErrors }) => printerErrors,
    limit: () => printerErrorsAt,
    direction: "rising",
  },
  chip_reader: {
    value: ({ chipReads }) => chipReads,
    limit: ({ chipInsertions }) => chipInsertions ?? usualChipInsertions,
    direction: "rising",
    isCounter: true,
  },
  magstripe_reader: {
    value: ({ swipeReads }) => swipeReads,
    limit: ({ swipes }) => swipes ?? usualSwipes,
    direction: "rising",
    isCounter: true,
  },
  signal: {
    value: ({ signalP10 }) => signalP10,
    limit: (_lives, values) => median(values.slice(0, fewestWeeks)) - signalDropAt,
    direction: "falling",
  },
}

export const directionOf = (signal: Signal): Limit["direction"] => readings[signal].direction

type Values = readonly { week: string; value: number }[]

export const limitOf = (signal: Signal, lives: PartLives, values: Values): Limit => {
  const { limit, direction } = readings[signal]
  const numbers = values.map(({ value }) => value)
  return { value: limit(lives, numbers), direction }
}

/** A signal's values by week, since its counter began. */
export function valuesOf(weeks: readonly Week[], signal: Signal): Values {
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
function pointsOf(values: Values, signal: Signal): Point[] {
  const part = readings[signal].isCounter ? 1 : 0.5
  return values.map(({ week, value }) => ({ x: weekNumber(week) + part, y: value }))
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
      const values = valuesOf(weeks, signal)
      const points = pointsOf(values, signal)
      const limit = limitOf(signal, lives, values)
      const isOver = now - (points.at(-1)?.x ?? 0) > mostWeeksOld
      const fit = hasDueDate(signal) ? trendOf : reached
      const trend = isOver || !canReach(points, limit) ? null : fit(points, limit, now)
      if (!trend || trend.due - now > mostWeeksAhead) return []
      const last = hasDueDate(signal) ? (points.at(-1)?.y ?? limit.value) : usualOf(points)
      const level = trend.due <= now ? last : limit.value - trend.slope * (trend.due - now)
      const late = trend.late === null || trend.late - now > mostWeeksToBound ? null : trend.late
      return [[signal, { ...trend, late, limit: limit.value, level }]]
    }),
  )
}

/** So many weeks tell that a limit is reached: one bad week does not count. */
const weeksAtLimit = 4

const usualOf = (points: readonly Point[]) => median(points.slice(-weeksAtLimit).map(({ y }) => y))

/** A trend that has ended, if the median of the last weeks is at a rising limit. */
const reached = (points: readonly Point[], { value }: Limit, now: number): Trend | null =>
  points.length >= weeksAtLimit && usualOf(points) >= value
    ? { due: now, early: now, late: now, slope: 0, weeks: weeksAtLimit }
    : null

/** Most values hardly move. Those that cannot reach the limit in time need no line, which is slow to fit. */
function canReach(points: readonly Point[], { value, direction }: Limit): boolean {
  const values = points.map(({ y }) => y)
  const left = Math.min(...values.map((y) => (direction === "rising" ? value - y : y - value)))
  const range = Math.max(...values) - Math.min(...values)
  return left <= (range * mostWeeksAhead) / fewestWeeks
}

const comparedDays = 8 * 7
const fewestCompared = 5

/** The signal of the last week, and how much weaker it is than in the eight weeks before. */
export function signalDrop(weeks: readonly Week[], last: Day): { level: number | null; drop: number | null } {
  const level = weeks.find(({ week }) => week === last)?.signalP10 ?? null
  const before = weeks
    .filter(({ week }) => week < last && week >= addDays(last, -comparedDays))
    .flatMap(({ signalP10 }) => signalP10 ?? [])
  return { level, drop: level !== null && before.length >= fewestCompared ? median(before) - level : null }
}
