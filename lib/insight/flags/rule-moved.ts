import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Rule } from "@/lib/insight/flags/rule"
import { awayAfter, fixesToMove, type Away } from "@/lib/insight/positions/away"
import { metresBetween } from "@/lib/insight/positions/metres-between"

/** How far from its store a terminal may be. No official tolerance is known. */
const radiusM = 500

/** Null where the terminal was at its store when it last said for sure, or where that has no position. */
const awayOf = ({ storePosition: store, fixes }: TerminalFacts): Away | null =>
  store &&
  fixes.reduce<Away | null>((away, fix) => awayAfter(fix, { away, store, radiusM }), {
    fixes: 0,
    last: store,
  })

/** The last positions of the terminal are away from its store. */
export const moved: Rule = {
  name: "moved",
  evaluate: (terminal, { clock }) => {
    const { storePosition: store } = terminal
    const away = awayOf(terminal)
    if (store === null || away === null || away.fixes < fixesToMove) return null
    const metres = Math.round(metresBetween(away.last, store))
    return { kind: "maintenance", observedAt: clock.now, dueAt: null, reasons: [{ code: "moved", metres }] }
  },
  // A terminal that says no more where it is has not come back.
  hasRecovered: (terminal) => awayOf(terminal) === null,
}
