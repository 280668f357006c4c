import { addDays, daysBetween } from "@/lib/base/time/zone"
import type { WearOfSignal } from "@/lib/insight/trends/schemas"

/** A Monday with its value and the trend's line, where they are known. */
export type WearPoint = { week: string; value: number | null; line: number | null }

/** `due`: the weeks between which the limit is reached. */
export type WearPicture = { points: WearPoint[]; due: { from: string; to: string } | null }

const weekDays = 7
/** The picture ends so many weeks after the last value at most. */
const mostAhead = 26

/** Weeks of a signal without gaps, and the trend's line through its own weeks and on to the limit. */
export function wearPicture({ weeks, limit, trend }: WearOfSignal): WearPicture {
  const [first, last] = [weeks.at(0)?.week, weeks.at(-1)?.week]
  if (first === undefined || last === undefined) return { points: [], due: null }
  const known = new Map(weeks.map(({ week, value }) => [week, value]))
  const since = trend && trend.on > last ? (weeks.at(-trend.weeks)?.week ?? null) : null
  const weeksUntil = (day: string) => Math.max(0, Math.floor(daysBetween(last, day) / weekDays))
  const ahead = trend && since !== null ? Math.min(mostAhead, weeksUntil(trend.late ?? trend.on) + 1) : 0
  const count = daysBetween(first, last) / weekDays + 1 + ahead
  const points = Array.from({ length: count }, (_, i) => {
    const week = addDays(first, i * weekDays)
    const hasLine = trend && since !== null && week >= since && week <= trend.on
    const line = hasLine ? limit - (trend.perWeek * daysBetween(week, trend.on)) / weekDays : null
    return { week, value: known.get(week) ?? null, line }
  })
  if (!trend || since === null) return { points, due: null }
  const from = Math.min(ahead, weeksUntil(trend.early ?? trend.on))
  return { points, due: { from: addDays(last, weekDays * from), to: addDays(last, weekDays * ahead) } }
}
