import { addDays, type Day } from "@/lib/base/time/zone"

/** Days before and after a sale that are compared with it at most. */
export const wideDays = 4

/** Counts by key and day, summed over days around one. */
export class DaySums {
  readonly #counts = new Map<string, Map<Day, number>>()

  add(key: string, day: Day, count: number): void {
    const days = this.#counts.get(key)
    if (days) days.set(day, (days.get(day) ?? 0) + count)
    else this.#counts.set(key, new Map([[day, count]]))
  }

  around(key: string, days: readonly Day[]): number {
    const counts = this.#counts.get(key)
    if (!counts) return 0
    let sum = 0
    for (const day of days) sum += counts.get(day) ?? 0
    return sum
  }
}

const known = new Map<string, readonly Day[]>()

/** The days from `reach` days before a day to `reach` days after it. */
export function daysAround(day: Day, reach: number): readonly Day[] {
  const key = `${day} ${reach}`
  const found = known.get(key)
  if (found) return found
  const days = Array.from({ length: 2 * reach + 1 }, (_, i) => addDays(day, i - reach))
  if (known.size > 5000) known.clear()
  known.set(key, days)
  return days
}
