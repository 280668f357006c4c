import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { hourMs, type Context, type Rule } from "@/lib/insight/flags/rule"
import { awayAfter, fixesToMove, type Away } from "@/lib/insight/positions/away"
import { metresBetween } from "@/lib/insight/positions/metres-between"

/** Null where the terminal was at its store when it last said for sure, or where that has no position. */
const awayOf = ({ storePosition: store, fixes }: TerminalFacts, { settings }: Context): Away | null =>
  store &&
  fixes.reduce<Away | null>((away, fix) => awayAfter(fix, { away, store, radiusM: settings.movedRadiusM }), {
    fixes: 0,
    last: store,
  })

/** The last positions of the terminal are away from its store. No official tolerance is known. */
export const moved: Rule = {
  name: "moved",
  evaluate: (terminal, context) => {
    const { storePosition: store } = terminal
    const away = awayOf(terminal, context)
    if (store === null || away === null || away.fixes < fixesToMove) return null
    const metres = Math.round(metresBetween(away.last, store))
    return {
      kind: "maintenance",
      observedAt: context.clock.now,
      dueAt: null,
      reasons: [{ code: "moved", metres }],
    }
  },
  // Positions alone make no terminal due, so one that is away is looked at until it is back.
  changesAt: (terminal, context) =>
    (awayOf(terminal, context)?.fixes ?? 0) > 0 ? [context.clock.now + hourMs] : [],
  // A terminal that says no more where it is has not come back.
  hasRecovered: (terminal, context) => awayOf(terminal, context) === null,
}
