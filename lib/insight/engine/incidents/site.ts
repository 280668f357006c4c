import { groupBy } from "@/lib/base/group-by"
import { upperTail } from "@/lib/base/statistics/negative-binomial"
import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import { sumOfCounts, type Count } from "@/lib/insight/engine/terms/input"

const size = 4
const rare = 1e-4
const longest = 3
const fewestTerminals = 2
/** Without its worst terminal the store must look bad too, or that terminal is the cause. */
const rareForRest = 1e-3

/** Failures of the line at each terminal of a store, tonight's first. */
type Lines = readonly (readonly Count[])[]

const isUp = ({ observed, expected }: Count) => observed >= 1 && observed > 2 * expected

const excess = ({ observed, expected }: Count) => observed - expected

/**
 * Whether a store's line is bad: over one to three days, at half of its terminals and at two of them at
 * least.
 */
export function siteTrouble(store: string, day: number, lines: Lines): Trouble | null {
  if (lines.length < fewestTerminals) return null
  let worst: Trouble | null = null
  for (let days = 1; days <= longest; days += 1) {
    const terminals = lines.map((line) => sumOfCounts(line.slice(0, days)))
    const up = terminals.filter(isUp).length
    if (up < Math.max(fewestTerminals, lines.length / 2)) continue
    const { observed, expected } = sumOfCounts(terminals)
    const tonight = sumOfCounts(lines.flatMap((line) => line.slice(0, 1)))
    if (tonight.observed <= tonight.expected) continue
    const rest = sumOfCounts(terminals.toSorted((a, b) => excess(b) - excess(a)).slice(1))
    if (upperTail(rest.observed, rest.expected, size) > rareForRest) continue
    const p = upperTail(observed, expected, size)
    if (p < rare && (!worst || p < worst.p))
      worst = { subject: { cls: "store network", store }, day, observed, expected, p }
  }
  return worst
}

type CarrierLines = { carrier: string; days: readonly Count[] }

/** The same, where terminals of one carrier, or those at the fixed line, may be down without the others. */
export function storeTrouble(store: string, day: number, lines: readonly CarrierLines[]): Trouble | null {
  const daysOf = (group: readonly CarrierLines[]) => group.map(({ days }) => days)
  const groups = [...groupBy(lines, ({ carrier }) => carrier).values()]
  const found = [lines, ...groups].flatMap((group) => siteTrouble(store, day, daysOf(group)) ?? [])
  return found.toSorted((a, b) => a.p - b.p)[0] ?? null
}

/** A terminal without neighbours: a few bad days may be the line as well as the terminal. */
export const loneTrouble = (store: string, day: number, found: Count & { p: number }): Trouble => ({
  subject: { cls: "store network", store },
  day,
  ...found,
})
