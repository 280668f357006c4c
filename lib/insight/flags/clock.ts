import type { Day } from "@/lib/base/time/zone"
import { dayAt, dayOf, numberOf, startOfDay } from "@/lib/base/time/zone-days"

/** One instant in the stores' time zones. Instants are milliseconds since 1970. */
export type Clock = {
  now: number
  /** The date in a zone. */
  today: (zone: string) => Day
  /** An instant's date in a zone. */
  dayOf: (at: number, zone: string) => Day
  /** When a day begins in a zone. */
  startOf: (day: Day, zone: string) => number
}

export const clockAt = (now: number): Clock => ({
  now,
  today: (zone) => dayOf(dayAt(zone, now)),
  dayOf: (at, zone) => dayOf(dayAt(zone, at)),
  startOf: (day, zone) => startOfDay(zone, numberOf(day)),
})
