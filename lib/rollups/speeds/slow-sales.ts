import { groupBy } from "@/lib/base/group-by"

/** Fewer sales of an acquirer and entry mode do not say what is slow. */
const fewestToCompare = 40
/** Slow sales are slower than this share of the fleet's sales on the day. */
const slowFrom = 0.95

export type Durations = { terminal_id: number; acquirer: string; entry_mode: string; durations: number[] }
export type SlowSales = { terminal_id: number; slow: number; timed: number }

/** What slow sales take longer than. Null for too few sales. */
export const slowAbove = (durations: Float64Array): number | null =>
  durations.length < fewestToCompare
    ? null
    : (durations.toSorted()[Math.ceil(slowFrom * durations.length) - 1] ?? null)

/**
 * Each terminal's sales, and how many of them were slower than 95 % of the fleet's sales of the same acquirer
 * and entry mode on that day. So a slow day of an acquirer makes no terminal slow.
 */
export function slowSalesOf(rows: readonly Durations[]): SlowSales[] {
  const found = new Map<number, SlowSales>()
  const alike = groupBy(rows, ({ acquirer, entry_mode: mode }) => `${acquirer}\n${mode}`)
  for (const group of alike.values()) {
    const limit = slowAbove(Float64Array.from(group.flatMap(({ durations }) => durations)))
    if (limit === null) continue
    for (const { terminal_id: id, durations } of group) {
      const before = found.get(id)
      found.set(id, {
        terminal_id: id,
        slow: (before?.slow ?? 0) + durations.filter((duration) => duration > limit).length,
        timed: (before?.timed ?? 0) + durations.length,
      })
    }
  }
  return [...found.values()]
}
