import { slowAbove } from "@/lib/rollups/speeds/slow-sales"
import type { Arrived, TerminalSums } from "@/lib/run/simulation/world/cells"
import { placedOn } from "@/lib/run/simulation/world/fleet"
import type { Run } from "@/lib/run/simulation/world/run"

/**
 * What the night counts for a real fleet: of each terminal's sales of the day, those that are slower than
 * 95 % of the fleet's of the same acquirer and entry mode.
 */
export function slowSales({ fleet }: Run, { day, sums }: Arrived) {
  const groups = new Map<string, number[][]>()
  const keyOf = ({ terminal }: TerminalSums, entry: number): string => {
    const found = fleet.terminals[terminal]
    return `${found ? placedOn(found, day).acquirer : ""} ${entry}`
  }
  for (const one of sums)
    if (one.day === day)
      for (const [entry, durations] of one.durations.entries()) {
        const group = groups.get(keyOf(one, entry)) ?? []
        group.push([...durations])
        groups.set(keyOf(one, entry), group)
      }
  const limits = new Map([...groups].map(([key, group]) => [key, slowAbove(Float64Array.from(group.flat()))]))
  return (one: TerminalSums): { observed: number; exposure: number } => {
    const count = { observed: 0, exposure: 0 }
    if (one.day !== day) return count
    for (const [entry, durations] of one.durations.entries()) {
      const limit = limits.get(keyOf(one, entry))
      if (limit === undefined || limit === null) continue
      count.exposure += durations.length
      count.observed += durations.filter((ms) => ms > limit).length
    }
    return count
  }
}
