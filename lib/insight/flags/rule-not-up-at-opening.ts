import { hourMs, type Rule } from "@/lib/insight/flags/rule"
import { beatsNormally } from "@/lib/insight/flags/rule-silent"

/** So soon it is noticed that the store's others are up, too, or that the terminal is back. */
const againMs = hourMs / 6

/**
 * The terminal has not been up since its store opened, though most others there have. Two hours later it is
 * `silent`, and while that flag is open this one has nothing to add.
 */
export const notUpAtOpening: Rule = {
  name: "not_up_at_opening",
  evaluate: (terminal, { clock }) => {
    const { opening } = terminal
    if (opening === null || !opening.isStoreUp || clock.now < opening.missedAt) return null
    if (!beatsNormally(terminal)) return null
    const reason = { code: "not_up_at_opening" as const, openedAt: new Date(opening.at).toISOString() }
    return { kind: "maintenance", observedAt: opening.at, dueAt: null, reasons: [reason] }
  },
  changesAt: ({ opening }, { clock: { now } }) =>
    opening === null ? [] : [opening.missedAt > now ? opening.missedAt : now + againMs],
}
