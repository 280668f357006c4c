import { addDays, daysBetween, type Day } from "@/lib/base/time/zone"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Context, Rule } from "@/lib/insight/flags/rule"

/**
 * Days without a sale after which a terminal is verified, and after which it is stopped and recovered.
 * Chinese rules say 3 and 12 months (secondary copy at iupos.cn, checked 2026-11-24); spares are exempt.
 */
const verifyAfterDays = 90
const recoverAfterDays = 365

/** The day of the last sale; before the first one, the day on which the terminal went into service. */
const idleSince = ({ lastSaleAt, activeSince, zone }: TerminalFacts, { clock }: Context): Day =>
  clock.dayOf(Math.max(lastSaleAt ?? activeSince, activeSince), zone)

/** A terminal in service has had no sale for three months, while others have. */
export const idle: Rule = {
  name: "idle",
  evaluate: (terminal, context) => {
    const { clock, hasSales } = context
    const since = idleSince(terminal, context)
    const days = daysBetween(since, clock.today(terminal.zone))
    if (!hasSales || days < verifyAfterDays) return null
    const code = days < recoverAfterDays ? ("idle" as const) : ("idle_long" as const)
    return {
      kind: "maintenance",
      observedAt: clock.startOf(since, terminal.zone),
      dueAt: null,
      reasons: [{ code, on: since, hadSales: terminal.lastSaleAt !== null }],
    }
  },
  changesAt: (terminal, context) =>
    [verifyAfterDays, recoverAfterDays].map((days) =>
      context.clock.startOf(addDays(idleSince(terminal, context), days), terminal.zone),
    ),
}
