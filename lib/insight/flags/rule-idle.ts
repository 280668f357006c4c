import { addMonths, type Day } from "@/lib/base/time/zone"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Context, Rule } from "@/lib/insight/flags/rule"

/**
 * The day of the last sale. Before the first one, the day on which the terminal went into service, or on
 * which it was recorded: what it did before nobody knows.
 */
const idleSince = ({ lastSaleAt, activeSince, knownSince, zone }: TerminalFacts, { clock }: Context): Day =>
  clock.dayOf(Math.max(lastSaleAt ?? knownSince, activeSince), zone)

/**
 * A terminal in service has had no sale for months, while others have. Chinese rules say 3 months until it is
 * verified, and 12 until it is stopped and recovered (secondary copy at iupos.cn, checked 2026-11-24); spares
 * are exempt.
 */
export const idle: Rule = {
  name: "idle",
  evaluate: (terminal, context) => {
    const { clock, hasSales, settings } = context
    const since = idleSince(terminal, context)
    const today = clock.today(terminal.zone)
    if (!hasSales || today < addMonths(since, settings.idleMonths)) return null
    const isLong = today >= addMonths(since, settings.idleLongMonths)
    const code = isLong ? ("idle_long" as const) : ("idle" as const)
    return {
      kind: "maintenance",
      observedAt: clock.startOf(since, terminal.zone),
      dueAt: null,
      reasons: [{ code, on: since, hadSales: terminal.lastSaleAt !== null }],
    }
  },
  changesAt: (terminal, context) =>
    [context.settings.idleMonths, context.settings.idleLongMonths].map((months) =>
      context.clock.startOf(addMonths(idleSince(terminal, context), months), terminal.zone),
    ),
}
