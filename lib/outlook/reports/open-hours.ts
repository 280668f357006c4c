import { openSpans, type Calendar } from "@/lib/fleet/stores/opening-hours"

const hourMs = 3_600_000

/**
 * The whole UTC hours in which a store is open: for each UTC day (counted from 1970) a bit for each hour, the
 * lowest bit for the first hour. `from` and `to` are milliseconds since 1970.
 */
export function openHoursByDay(calendar: Calendar, from: number, to: number): Map<number, number> {
  const days = new Map<number, number>()
  for (const span of openSpans(calendar, from, to)) {
    for (let hour = Math.ceil(span.from / hourMs); (hour + 1) * hourMs <= span.to; hour += 1) {
      const day = Math.floor(hour / 24)
      days.set(day, (days.get(day) ?? 0) | (1 << (hour - day * 24)))
    }
  }
  return days
}
