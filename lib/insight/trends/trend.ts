import { dueAt, robustLine, type DueDate, type Limit, type Point } from "@/lib/base/statistics/theil-sen"
import { lastStep } from "@/lib/insight/trends/last-step"

/** A signal's way to its limit. Times are in weeks, as the points' x. */
export type Trend = DueDate & { slope: number; weeks: number }

/** A line needs so many. */
export const fewestWeeks = 8
/** The slope must be this many standard errors from nothing. */
const clearSlope = 2

/**
 * When weekly medians reach a limit, at or after `now`. What was before the last swap or recalibration is
 * left out. Null with fewer than eight weeks, without a clear slope, or away from the limit.
 */
export function trendOf(weeks: readonly Point[], limit: Limit, now: number): Trend | null {
  const since = weeks.slice(lastStep(weeks))
  if (since.length < fewestWeeks) return null
  const line = robustLine([...since])
  if (!line || Math.abs(line.slope) <= clearSlope * line.slopeError) return null
  const due = dueAt(line, limit, now)
  return due && { ...due, slope: line.slope, weeks: since.length }
}

const weekDays = 7
const leadDays = 21
const mostDaysToDue = 60
/** A plan that was made is given up only when it is clearly too early. */
const daysToRecover = 90

/** Whether something is to be planned: its earliest date is within three weeks, and it is due in 60 days. */
export const isDueSoon = ({ due, early }: DueDate, now: number): boolean =>
  ((early ?? due) - now) * weekDays < leadDays && (due - now) * weekDays < mostDaysToDue

/** Whether nothing is to be planned any more where it was. */
export const isDueLater = ({ due }: DueDate, now: number): boolean => (due - now) * weekDays >= daysToRecover
