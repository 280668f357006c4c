import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Context, Rule } from "@/lib/insight/flags/rule"
import type { Reason } from "@/lib/insight/flags/schemas"
import { keepingMinor, wornOn } from "@/lib/insight/replacement/economics"

/** A flag stays until keeping is clearly cheaper. */
const recoveredBelow = 0.9

function costsOf(terminal: TerminalFacts, { clock, economicsOf }: Context) {
  const economics = economicsOf(terminal.model?.id ?? null)
  const today = clock.today(terminal.zone)
  return { economics, today, keeping: keepingMinor(economics, terminal, today) }
}

/** The terminal's failures will cost more than a new one. */
export const keepingCostsMore: Rule = {
  name: "keeping_costs_more",
  evaluate: (terminal, context) => {
    const { economics, today, keeping } = costsOf(terminal, context)
    const { newMinor, currency } = economics
    if (keeping <= newMinor) return null
    const reason: Reason = {
      code: "keeping_costs_more",
      keepingMinor: Math.round(keeping),
      newMinor: Math.round(newMinor),
      currency,
      ageMonths: Math.round(wornOn(economics, terminal, today).ageMonths),
      failures: terminal.failures,
    }
    const { warrantyUntil } = terminal
    const isInWarranty = warrantyUntil !== null && warrantyUntil >= today
    const reasons: Reason[] = isInWarranty ? [reason, { code: "in_warranty", on: warrantyUntil }] : [reason]
    return { kind: "replacement", observedAt: context.clock.now, dueAt: null, reasons }
  },
  hasRecovered: (terminal, context) => {
    const { economics, keeping } = costsOf(terminal, context)
    return keeping < recoveredBelow * economics.newMinor
  },
}
