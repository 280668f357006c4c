import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Context, Rule } from "@/lib/insight/flags/rule"
import type { Reason } from "@/lib/insight/flags/schemas"
import { keepingMinor, wornOn } from "@/lib/insight/replacement/economics"

/** A flag stays until keeping is clearly cheaper. */
const recoveredBelow = 0.9

function costsOf(terminal: TerminalFacts, { clock, economicsOf }: Context) {
  const economics = economicsOf(terminal.model?.id ?? null)
  const today = clock.today(terminal.zone)
  const { ageMonths } = wornOn(economics, terminal, today)
  return { economics, ageMonths, keeping: keepingMinor(economics, terminal, today) }
}

function reasonOf(terminal: TerminalFacts, context: Context): Reason | null {
  const { economics, ageMonths, keeping } = costsOf(terminal, context)
  const { currency, life } = economics
  const { newCost, bestMonths } = life
  const used = {
    newMinor: Math.round(newCost),
    currency,
    ageMonths: Math.round(ageMonths),
    failures: terminal.failures,
  }
  if (keeping > newCost) return { code: "keeping_costs_more", keepingMinor: Math.round(keeping), ...used }
  return ageMonths >= bestMonths ? { code: "past_best_age", bestMonths, ...used } : null
}

/** The terminal's failures will cost more than a new one, or it is as old as is cheapest. */
export const keepingCostsMore: Rule = {
  name: "keeping_costs_more",
  evaluate: (terminal, context) => {
    const reason = reasonOf(terminal, context)
    if (!reason) return null
    const { warrantyUntil } = terminal
    const isInWarranty = warrantyUntil !== null && warrantyUntil >= context.clock.today(terminal.zone)
    const reasons: Reason[] = isInWarranty ? [reason, { code: "in_warranty", on: warrantyUntil }] : [reason]
    return { kind: "replacement", observedAt: context.clock.now, dueAt: null, reasons }
  },
  hasRecovered: (terminal, context) => {
    const { economics, ageMonths, keeping } = costsOf(terminal, context)
    const { newCost, bestMonths } = economics.life
    return keeping < recoveredBelow * newCost && ageMonths < recoveredBelow * bestMonths
  },
}
