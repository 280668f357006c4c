import { weights } from "@/lib/insight/engine/terms/settings"

/** One operator at one terminal, in sums of about twenty days: user failures and failed reads. */
export type OperatorCell = {
  terminal: number
  operator: string
  observed: [user: number, reads: number]
  expected: [user: number, reads: number]
}
export type OperatorFactor = { user: number; reads: number }

const sweeps = 4

/**
 * How many times as often sales fail with each operator of a store, apart from what the terminals add. The
 * factors of operators and terminals are fitted in turns to the table of both. Where all operators look bad
 * it is the terminal, so the usual operator has the factor 1.
 */
export function operatorFactors(cells: readonly OperatorCell[]): Map<string, OperatorFactor> {
  const user = fit(cells, 0)
  const reads = fit(cells, 1)
  return new Map(
    [...user.operators].map(([operator, factor]) => [
      operator,
      { user: factor, reads: reads.operators.get(operator) ?? 1 },
    ]),
  )
}

/** How many times as often each terminal of a store fails, apart from its operators. */
export const terminalFactors = (cells: readonly OperatorCell[], kind: 0 | 1): Map<number, number> =>
  fit(cells, kind).terminals

function fit(cells: readonly OperatorCell[], kind: 0 | 1) {
  let operators = new Map<string, number>()
  let terminals = new Map<number, number>()
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const expectedOf = (cell: OperatorCell) => cell.expected[kind] * (terminals.get(cell.terminal) ?? 1)
    operators = ratios(cells, { keyOf: (cell) => cell.operator, expectedOf, kind, weight: weights.operator })
    const usual = Math.max(1, usualFactor(cells, kind, operators))
    for (const [operator, factor] of operators) operators.set(operator, factor / usual)
    terminals = ratios(cells, {
      keyOf: (cell) => cell.terminal,
      expectedOf: (cell) => cell.expected[kind] * (operators.get(cell.operator) ?? 1),
      kind,
      weight: weights.device,
    })
  }
  return { operators, terminals }
}

type Fitting<K> = {
  keyOf: (cell: OperatorCell) => K
  expectedOf: (cell: OperatorCell) => number
  kind: 0 | 1
  weight: number
}

function ratios<K>(
  cells: readonly OperatorCell[],
  { keyOf, expectedOf, kind, weight }: Fitting<K>,
): Map<K, number> {
  const sums = new Map<K, { observed: number; expected: number }>()
  for (const cell of cells) {
    const sum = sums.get(keyOf(cell)) ?? { observed: 0, expected: 0 }
    sum.observed += cell.observed[kind]
    sum.expected += expectedOf(cell)
    sums.set(keyOf(cell), sum)
  }
  return new Map(
    [...sums].map(([key, { observed, expected }]) => [
      key,
      (weight + Math.max(0, observed)) / (weight + expected),
    ]),
  )
}

/** The median of the operators' factors, each counted by how much was expected with it. */
function usualFactor(
  cells: readonly OperatorCell[],
  kind: 0 | 1,
  factors: ReadonlyMap<string, number>,
): number {
  const worked = new Map<string, number>()
  for (const { operator, expected } of cells)
    worked.set(operator, (worked.get(operator) ?? 0) + expected[kind])
  const sorted = [...factors].toSorted(([, a], [, b]) => a - b)
  const half = [...worked.values()].reduce((sum, value) => sum + value, 0) / 2
  let sum = 0
  for (const [operator, factor] of sorted) {
    sum += worked.get(operator) ?? 0
    if (sum >= half) return factor
  }
  return 1
}
