import { dayStart, localDay, type Day } from "@/lib/base/time/zone"

/** One instant in the stores' time zones. Instants are milliseconds since 1970. */
export type Clock = {
  now: number
  /** The date in a zone. */
  today: (zone: string) => Day
  /** When a day begins in a zone. */
  startOf: (day: Day, zone: string) => number
}

/** A clock that computes each zone and day once: a fleet has only a few of them. */
export function clockAt(now: number): Clock {
  const days = new Map<string, Day>()
  const starts = new Map<string, number>()
  return {
    now,
    today: (zone) => cached(days, zone, () => localDay(new Date(now), zone)),
    startOf: (day, zone) => cached(starts, `${day} ${zone}`, () => dayStart(day, zone).getTime()),
  }
}

function cached<Value extends string | number>(
  values: Map<string, Value>,
  key: string,
  make: () => Value,
): Value {
  const value = values.get(key) ?? make()
  values.set(key, value)
  return value
}
