import { addMonths, type Day } from "@/lib/base/time/zone"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Context, Rule } from "@/lib/insight/flags/rule"

/**
 * The day of the last sale. Before the first one, the day on which the terminal went into service, or on
 * which it was recorded: what it did before nobody knows.
 */
const idleSince = ({ lastSaleAt, activeSince, knownSince, zone }: TerminalFacts, { clock }: Context): Day =>
  clock.dayOf(Math.max(lastSaleAt ?? knownSince, activeSince), zone)

/** The days from which a terminal is to be verified, and to be stopped and recovered. */
const daysOf = (terminal: TerminalFacts, context: Context) => {
  const { idleMonths, idleLongMonths } = context.settings
  const since = idleSince(terminal, context)
  return { since, verifyOn: addMonths(since, idleMonths), stopOn: addMonths(since, idleLongMonths) }
}

/**
 * A terminal in service has had no sale for months, while others have. Chinese rules say 3 months until it is
 * verified, and 12 until it is stopped and recovered (secondary copy at iupos.cn, checked 2026-11-24); spares
 * are exempt. Each is a rule, so that each has its list.
 */
const idleRule = (name: "idle" | "idle_long"): Rule => ({
  name,
  evaluate: (terminal, context) => {
    const { clock, hasSales } = context
    const { since, verifyOn, stopOn } = daysOf(terminal, context)
    const today = clock.today(terminal.zone)
    const isFound = name === "idle" ? verifyOn <= today && today < stopOn : stopOn <= today
    if (!hasSales || !isFound) return null
    return {
      kind: "maintenance",
      observedAt: clock.startOf(since, terminal.zone),
      dueAt: null,
      reasons: [{ code: name, on: since, hadSales: terminal.lastSaleAt !== null }],
    }
  },
  changesAt: (terminal, context) => {
    const { verifyOn, stopOn } = daysOf(terminal, context)
    return [verifyOn, stopOn].map((day) => context.clock.startOf(day, terminal.zone))
  },
})

export const idle = idleRule("idle")
export const idleLong = idleRule("idle_long")
