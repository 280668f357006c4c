import type { Board } from "@/lib/insight/engine/board"
import type { Rivals } from "@/lib/insight/engine/explain"
import type { OperatorCell } from "@/lib/insight/engine/factors/operator"
import type { Count } from "@/lib/insight/engine/terms/input"
import {
  components,
  indexOf,
  isOwnCount,
  signalCount,
  signalIndexes,
} from "@/lib/insight/engine/terms/signals"

const readComponents: readonly string[] = ["chip", "contactless", "magstripe"]

/**
 * Sums of about twenty days, expected with the release's factor alone, that explain a terminal's failures.
 */
export const rivalsOf =
  (
    board: Board,
    byStore: readonly (readonly number[])[],
    cells: ReadonlyMap<number, readonly OperatorCell[]>,
  ) =>
  (slot: number, component: number): Rivals => {
    const store = board.stores.of[slot] ?? 0
    const name = components[component] ?? ""
    // A reader's own counters do not know who held the card: failed sales alone are compared.
    const kinds = readComponents.includes(name)
      ? [indexOf("chip"), indexOf("contactless"), indexOf("magstripe")]
      : (signalIndexes[component] ?? []).filter((s) => !isOwnCount(s))
    const countOf = (i: number): Count => {
      const count = { observed: 0, expected: 0 }
      for (const s of kinds) {
        const at = i * signalCount + s
        count.observed += Math.max(0, board.tables.recentObserved.values[at] ?? 0)
        count.expected += (board.tables.recentExpected.values[at] ?? 0) * (board.release[at] ?? 1)
      }
      return count
    }
    const counts = (byStore[store] ?? []).map(countOf)
    const isOperators = readComponents.includes(name) || name === "pinpad"
    return {
      terminal: countOf(slot),
      operators: isOperators ? operatorCounts(cells.get(store) ?? [], name === "pinpad" ? 0 : 1) : [],
      store: {
        observed: counts.reduce((sum, { observed }) => sum + observed, 0),
        expected: counts.reduce((sum, { expected }) => sum + expected, 0),
      },
    }
  }

function operatorCounts(cells: readonly OperatorCell[], kind: 0 | 1): Count[] {
  const counts = new Map<string, Count>()
  for (const { operator, observed, expected } of cells) {
    const before = counts.get(operator) ?? { observed: 0, expected: 0 }
    counts.set(operator, {
      observed: before.observed + Math.max(0, observed[kind]),
      expected: before.expected + expected[kind],
    })
  }
  return [...counts.values()]
}
