import { shrunkRatio } from "@/lib/base/statistics/shrinkage"
import type { Board } from "@/lib/insight/engine/board"
import { groupSums, numbersIn, weighed } from "@/lib/insight/engine/factors/groups"
import {
  operatorFactors,
  type OperatorCell,
  type OperatorFactor,
} from "@/lib/insight/engine/factors/operator"
import { slowStoreFactors, storeDayFactors, storeWeights } from "@/lib/insight/engine/factors/store"
import { indexOf, signalCount } from "@/lib/insight/engine/terms/signals"

const issuer = indexOf("issuer")
const expired = indexOf("expired")
const declineWeight = 10
const ofOperators = ["user", "chip", "contactless", "magstripe"] as const
/** Who makes users' errors also makes those of the PIN. */
const corrected = [...ofOperators.map((name) => [name, name] as const), ["user", "pin"] as const]

/** Multiplies tonight's factors by those of the store: what its other terminals show. */
export function applyStores(board: Board, release: Float64Array): void {
  const { stores, tables, state, factors, expected, observed } = board
  const { recentObserved, recentExpected } = tables
  const recent = weighed(
    {
      observed: numbersIn(recentObserved.values),
      expected: (at) => (recentExpected.values[at] ?? 0) * (release[at] ?? 1),
    },
    state.nulls.terminals,
  )
  const sums = groupSums(stores, recent)
  const weights = storeWeights(sums)
  const slow = slowStoreFactors(stores, recent, { sums, weights })
  const today = storeDayFactors(stores, {
    observed: numbersIn(observed),
    expected: (at) => (expected[at] ?? 0) * (release[at] ?? 1) * slow(at),
  })
  for (let at = 0; at < factors.length; at += 1) factors[at] = (factors[at] ?? 1) * slow(at) * today(at)
}

/**
 * A terminal whose customers' cards are refused more often than others' also sees more expired ones: a wrong
 * clock raises those alone.
 */
export function applyIssuers({ terminals, tables, factors }: Board): void {
  for (let i = 0; i < terminals; i += 1) {
    const rest = (values: ArrayLike<number>) =>
      (values[i * signalCount + issuer] ?? 0) - (values[i * signalCount + expired] ?? 0)
    const observed = Math.max(0, rest(tables.recentObserved.values))
    const expected = Math.max(0, rest(tables.recentExpected.values))
    const at = i * signalCount + expired
    factors[at] = (factors[at] ?? 1) * shrunkRatio(observed, expected, declineWeight)
  }
}

/** Each store's operators at each of its terminals, by the store's number. */
export function operatorCells({ night, state, stores }: Board): Map<number, OperatorCell[]> {
  const cells = new Map<number, OperatorCell[]>()
  for (const [terminal, { id }] of night.terminals.entries()) {
    const store = stores.of[terminal] ?? 0
    for (const cell of state.operators.get(id) ?? []) {
      const ofStore = cells.get(store)
      if (ofStore) ofStore.push({ terminal, ...cell })
      else cells.set(store, [{ terminal, ...cell }])
    }
  }
  return cells
}

/** Multiplies tonight's factors by those of the operators who worked at each terminal. */
export function applyOperators(board: Board, cells: ReadonlyMap<number, readonly OperatorCell[]>): void {
  const byStore = new Map([...cells].map(([store, ofStore]) => [store, operatorFactors(ofStore)]))
  const width = ofOperators.length
  const weighted = new Float64Array(board.terminals * width)
  const worked = new Float64Array(board.terminals * width)
  for (const sums of board.night.operators) {
    const slot = board.slots.get(sums.terminal)
    if (slot === undefined) continue
    const factor = byStore.get(board.stores.of[slot] ?? 0)?.get(sums.operator)
    for (const [k, name] of ofOperators.entries()) {
      const at = slot * width + k
      const { expected } = sums[name]
      weighted[at] = (weighted[at] ?? 0) + expected * factorFor(factor, name)
      worked[at] = (worked[at] ?? 0) + expected
    }
  }
  for (let i = 0; i < board.terminals; i += 1)
    for (const [name, as] of corrected) {
      const from = i * width + ofOperators.indexOf(name)
      const to = i * signalCount + indexOf(as)
      if ((worked[from] ?? 0) > 0)
        board.factors[to] = ((board.factors[to] ?? 1) * (weighted[from] ?? 0)) / (worked[from] ?? 1)
    }
}

const factorFor = (factor: OperatorFactor | undefined, name: (typeof ofOperators)[number]) =>
  name === "user" ? (factor?.user ?? 1) : (factor?.reads ?? 1)
