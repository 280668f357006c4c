import type { Board } from "@/lib/insight/engine/board"
import type { Rivals } from "@/lib/insight/engine/explain"
import type { Flag } from "@/lib/insight/engine/flag"
import type { Count } from "@/lib/insight/engine/terms/input"
import { components, signalCount, signalIndexes } from "@/lib/insight/engine/terms/signals"

/** What could have explained a terminal's failures as well, with its counts without the terminal. */
export type RuledOut = { what: "store" | "operator" | "release" } & Count

/** The store's other terminals, its worst operator, and other terminals with the same software. */
export const ruledOutOf =
  (board: Board, rivals: (slot: number, component: number) => Rivals) =>
  (flag: Flag): RuledOut[] => {
    const slot = board.slots.get(flag.terminal) ?? 0
    const component = components.indexOf(flag.component)
    const { terminal, operators, store } = rivals(slot, component)
    const [worst] = operators.toSorted((a, b) => b.observed - b.expected - (a.observed - a.expected))
    const found: RuledOut[] = [
      { what: "store", ...without(store, terminal) },
      { what: "release", ...ofSetup(board, slot, component) },
      ...(worst ? [{ what: "operator" as const, ...worst }] : []),
    ]
    return found.filter(({ expected }) => expected > 0.05)
  }

const without = (all: Count, one: Count): Count => ({
  observed: Math.max(0, all.observed - one.observed),
  expected: Math.max(0, all.expected - one.expected),
})

function ofSetup({ setups, tables, terminals }: Board, slot: number, component: number): Count {
  const count = { observed: 0, expected: 0 }
  for (let i = 0; i < terminals; i += 1) {
    if (i === slot || setups.of[i] !== setups.of[slot]) continue
    for (const s of signalIndexes[component] ?? []) {
      const at = i * signalCount + s
      count.observed += Math.max(0, tables.recentObserved.values[at] ?? 0)
      count.expected += tables.recentExpected.values[at] ?? 0
    }
  }
  return count
}
