import { discoveryLimit } from "@/lib/base/statistics/benjamini-hochberg"
import { upperTail } from "@/lib/base/statistics/negative-binomial"
import type { OperatorCell } from "@/lib/insight/engine/factors/operator"
import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import type { Count } from "@/lib/insight/engine/terms/input"

const size = 14
/** False discovery rate among all operators of a night. */
const rate = 0.01
const leastRatio = 1.7
const leastExcess = 5
/** Expected failures by which the other operators of a terminal are drawn to the usual. */
const othersWeight = 2

/** What failed with an operator: by user failures alone, and with failed reads. */
export type OperatorCase = { store: string; operator: string; user: Count; both: Count }

/** Each operator of a store, against the others at the same terminals. */
export function operatorCases(store: string, cells: readonly OperatorCell[]): OperatorCase[] {
  const terminals = new Map<number, Count[]>()
  for (const cell of cells) {
    const sums = terminals.get(cell.terminal) ?? [zero(), zero()]
    for (const kind of [0, 1] as const) add(sums[kind], cell, kind, 1)
    terminals.set(cell.terminal, sums)
  }
  // Nobody to compare with: the terminal may be the cause.
  if (new Set(cells.map(({ operator }) => operator)).size < 2) return []
  const operators = new Map<string, { user: Count; both: Count }>()
  for (const cell of cells) {
    const sums = operators.get(cell.operator) ?? { user: zero(), both: zero() }
    for (const kind of [0, 1] as const) {
      const factor = Math.max(1, ofOthers(terminals.get(cell.terminal)?.[kind], cell, kind))
      if (kind === 0) add(sums.user, cell, kind, factor)
      add(sums.both, cell, kind, factor)
    }
    operators.set(cell.operator, sums)
  }
  return [...operators].map(([operator, sums]) => ({ store, operator, ...sums }))
}

/** Operators with whom sales fail more often than with others. */
export function operatorTroubles(cases: readonly OperatorCase[], day: number): Trouble[] {
  const strongest = cases.map(({ user, both }) => {
    const tests = [user, both].map((count) => ({
      ...count,
      p: upperTail(count.observed, count.expected, size),
    }))
    const [first, second] = tests
    return !second || (first && first.p <= second.p) ? first : second
  })
  const pValues = strongest.map((test) => Math.min(1, 2 * (test?.p ?? 1)))
  const limit = discoveryLimit(pValues, rate)
  return cases.flatMap(({ store, operator }, i) => {
    const p = pValues[i] ?? 1
    const { observed = 0, expected = 0 } = strongest[i] ?? {}
    if (p > limit || observed <= leastRatio * expected || observed - expected <= leastExcess) return []
    return [{ subject: { cls: "operator" as const, store, operator }, day, observed, expected, p }]
  })
}

const zero = (): Count => ({ observed: 0, expected: 0 })

function add(sum: Count | undefined, cell: OperatorCell, kind: 0 | 1, factor: number): void {
  if (!sum) return
  sum.observed += Math.max(0, cell.observed[kind])
  sum.expected += cell.expected[kind] * factor
}

/** How many times as often sales fail at the cell's terminal with the other operators. */
const ofOthers = (all: Count | undefined, { observed, expected }: OperatorCell, kind: 0 | 1): number =>
  (othersWeight + Math.max(0, (all?.observed ?? 0) - Math.max(0, observed[kind]))) /
  (othersWeight + Math.max(0, (all?.expected ?? 0) - expected[kind]))
