import type { Count } from "@/lib/insight/engine/terms/input"

/** Log likelihood gained by one factor on a set of counts (Poisson); only an excess counts. */
export const gain = ({ observed, expected }: Count): number =>
  observed > expected && expected > 0 ? observed * Math.log(observed / expected) - (observed - expected) : 0

export type Explanation = "terminal" | "operator" | "store"
export type Rivals = {
  terminal: Count
  operators: readonly Count[]
  /** All terminals of the store together. */
  store: Count
}

/** `worse`: a terminal this many times as bad as its neighbours has a fault of its own beside the store's. */
const margins = { operator: 1.5, store: 2, others: 1.3, worse: 2 }

/** What explains a terminal's failures best: itself, one operator of the store, or the whole store. */
export function bestExplanation({ terminal, operators, store }: Rivals): Explanation {
  const ofTerminal = gain(terminal)
  const ofOperator = Math.max(0, ...operators.map(gain))
  const ofStore = gain(store)
  if (ofOperator > ofTerminal + margins.operator && ofOperator >= ofStore) return "operator"
  const others = {
    observed: store.observed - terminal.observed,
    expected: store.expected - terminal.expected,
  }
  const areOthersUp = others.expected > 0 && others.observed > margins.others * others.expected
  const isWorse = terminal.observed * others.expected > margins.worse * others.observed * terminal.expected
  return areOthersUp && !isWorse && ofStore > ofTerminal + margins.store ? "store" : "terminal"
}
