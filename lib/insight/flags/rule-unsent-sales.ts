import { sendBy } from "@/lib/fleet/terminals/offline-sales"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Rule } from "@/lib/insight/flags/rule"

type Unsent = NonNullable<TerminalFacts["unsent"]>

/** When half of the time is over. */
const warnsAt = (unsent: Unsent): number => (unsent.oldestAt + sendBy(unsent)) / 2

/** Sales that were made offline have not reached the acquirer, and half of their time is over. */
export const unsentSales: Rule = {
  name: "unsent_sales",
  isAlsoOutOfService: true,
  evaluate: ({ unsent }, { clock }) => {
    if (unsent === null || clock.now < warnsAt(unsent)) return null
    const { sales, amountMinor, currency } = unsent
    const until = new Date(sendBy(unsent)).toISOString()
    return {
      kind: "maintenance",
      observedAt: warnsAt(unsent),
      dueAt: null,
      reasons: [{ code: "unsent_sales", sales, amountMinor, currency, until }],
    }
  },
  changesAt: ({ unsent }) => (unsent === null ? [] : [warnsAt(unsent)]),
}
