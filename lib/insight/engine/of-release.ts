import { shrunkRatio } from "@/lib/base/statistics/shrinkage"
import type { Board } from "@/lib/insight/engine/board"
import type { Incident, Trouble } from "@/lib/insight/engine/incidents/incident"
import { components, signalCount, signalIndexes } from "@/lib/insight/engine/terms/signals"

/** A terminal this many times as bad as its release has a fault of its own beside. */
const worse = 2.5

/** Whether a bad release explains it: the terminal fails no more than others with it, and than before. */
export function isOfRelease(
  board: Board,
  releases: readonly (Trouble | Incident)[],
  { slot, component }: { slot: number; component: number },
): boolean {
  const facts = board.night.terminals[slot]
  return releases.some(({ subject, component: fails, observed, expected }) => {
    if (subject.cls !== "firmware" || fails !== components[component] || !facts) return false
    const versions = Object.entries(facts.releases).map(([name, version]) => `${name}:${version}`)
    if (subject.model !== facts.model || !versions.includes(subject.release)) return false
    const factor = observed / Math.max(1e-9, expected)
    return (signalIndexes[component] ?? []).every((s) => {
      const at = slot * signalCount + s
      const weight = 1 / (board.state.nulls.terminals[s] ?? 1)
      const before = shrunkRatio(
        board.tables.historyObserved.values[at] ?? 0,
        board.tables.historyExpected.values[at] ?? 0,
        weight,
      )
      const own = factor * Math.max(1, before)
      const seen = Math.max(0, board.tables.recentObserved.values[at] ?? 0)
      return shrunkRatio(seen, (board.tables.recentExpected.values[at] ?? 0) * own, weight) < worse
    })
  })
}
