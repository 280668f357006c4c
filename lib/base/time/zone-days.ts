import { DateTime } from "luxon"
import type { Day } from "@/lib/base/time/zone"

// A fleet has few zones, but asks for their days for every terminal. Luxon takes a tenth of a millisecond for
// each question, so each day is computed once. Days are numbers here, counted from 1970-01-01.

const dayMs = 86_400_000
const minuteMs = 60_000
const mostDays = 100_000

export const numberOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / dayMs
export const dayOf = (number: number): Day => new Date(number * dayMs).toISOString().slice(0, 10)

const starts = new Map<string, number>()

/** The instant at which a day begins in a zone, in milliseconds since 1970. */
export function startOfDay(zone: string, number: number): number {
  const key = `${number} ${zone}`
  const known = starts.get(key)
  if (known !== undefined) return known
  if (starts.size >= mostDays) starts.clear()
  const start = DateTime.fromISO(dayOf(number), { zone }).startOf("day").toMillis()
  starts.set(key, start)
  return start
}

/** The day of an instant in a zone. */
export function dayAt(zone: string, instant: number): number {
  const number = Math.floor(instant / dayMs)
  if (instant < startOfDay(zone, number)) return number - 1
  return instant < startOfDay(zone, number + 1) ? number : number + 1
}

/**
 * The instant at which a zone's clock shows so many minutes of a day. From 1440 on it is a minute of a later
 * day. A time that the clock skips is an hour later or as much as it skips.
 */
export function instantOf(zone: string, number: number, minutes: number): number {
  if (minutes >= 1440) return instantOf(zone, number + Math.floor(minutes / 1440), minutes % 1440)
  const start = startOfDay(zone, number)
  if (startOfDay(zone, number + 1) - start === dayMs) return start + minutes * minuteMs
  return DateTime.fromISO(dayOf(number), { zone })
    .startOf("day")
    .set({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
    .toMillis()
}
