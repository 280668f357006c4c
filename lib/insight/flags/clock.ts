import { dayStart, localDay, type Day } from "@/lib/base/time/zone"

/** One instant as stores see it. Instants are milliseconds since 1970. */
export type Clock = {
  now: number
  /** The date that it is in a zone. */
  today: (zone: string) => Day
  /** When a day begins in a zone. */
  startOf: (day: Day, zone: string) => number
}

/** A fleet asks for the same few zones and days again and again: each is worked out once. */
export function clockAt(now: number): Clock {
  const days = new Map<string, Day>()
  const starts = new Map<string, number>()
  return {
    now,
    today: (zone) => known(days, zone, () => localDay(new Date(now), zone)),
    startOf: (day, zone) => known(starts, `${day} ${zone}`, () => dayStart(day, zone).getTime()),
  }
}

function known<Value extends string | number>(
  values: Map<string, Value>,
  key: string,
  make: () => Value,
): Value {
  const value = values.get(key) ?? make()
  values.set(key, value)
  return value
}
