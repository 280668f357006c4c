import type { Rule } from "@/lib/insight/flags/rule"
import { awayAfter, fixesToMove, type Away } from "@/lib/insight/positions/away"
import { metresBetween } from "@/lib/insight/positions/metres-between"

/** How far from its store a terminal may be. No official tolerance is known. */
const radiusM = 500

/** The last positions of the terminal are away from its store. */
export const moved: Rule = {
  name: "moved",
  evaluate: ({ storePosition: store, fixes }, { clock }) => {
    if (store === null) return null
    const away = fixes.reduce<Away | null>(
      (before, fix) => awayAfter(fix, { away: before, store, radiusM }),
      null,
    )
    if (away === null || away.fixes < fixesToMove) return null
    const metres = Math.round(metresBetween(away.last, store))
    return { kind: "maintenance", observedAt: clock.now, dueAt: null, reasons: [{ code: "moved", metres }] }
  },
}
