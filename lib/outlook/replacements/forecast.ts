import type { Day } from "@/lib/base/time/zone"
import { frailtyOf } from "@/lib/insight/replacement/cost"
import { isDue, wornOn, type Economics } from "@/lib/insight/replacement/economics"
import type { Quarter } from "@/lib/outlook/replacements/quarters"
import type { Why } from "@/lib/outlook/replacements/words"

/** Terminals in service of one model, month of purchase, number of failures and end of use. */
export type Group = {
  modelId: number | null
  bornOn: Day
  failures: number
  useEndOn: Day | null
  terminals: number
}

/** In which quarter a group's terminals are to be replaced, and why; null: in none of these. */
export type Plan = { quarter: number; why: Why } | null

/** What to expect of one quarter. */
export type Expected = { useEnd: number; cost: number; failures: number }

type Outlook = { economics: Economics; quarters: readonly Quarter[]; today: Day }

/**
 * A terminal is replaced in the first quarter in which its use ends, or in which a new one is cheaper. Until
 * then it fails as often as its past says.
 */
export function planOf(group: Group, { economics, quarters, today }: Outlook): Plan {
  const now = wornOn(economics, group, today)
  const frailty = frailtyOf({ ...now, ...economics })
  for (const [quarter, { from, to }] of quarters.entries()) {
    if (group.useEndOn !== null && group.useEndOn < to) return { quarter, why: "use_end" }
    const on = from > today ? from : today
    const { ageMonths } = wornOn(economics, group, on)
    const since = frailty * (economics.table(ageMonths) - economics.table(now.ageMonths))
    const worn = { ...group, failures: group.failures + since }
    if (isDue(economics, worn, on)) return { quarter, why: "cost" }
  }
  return null
}

/** Replacements and failures of a group by quarter. Terminals that replace others fail as new ones do. */
export function expectedOf(group: Group, outlook: Outlook): Expected[] {
  const { economics, quarters, today } = outlook
  const plan = planOf(group, outlook)
  const { table } = economics
  const frailty = frailtyOf({ ...wornOn(economics, group, today), ...economics })
  const ageOn = (bornOn: Day, on: Day) => wornOn(economics, { bornOn, failures: 0 }, on).ageMonths
  return quarters.map(({ from, to }, i) => {
    const begin = from > today ? from : today
    const isNew = plan !== null && i >= plan.quarter
    const bornOn = isNew ? (quarters[plan.quarter]?.from ?? from) : group.bornOn
    const failures = (isNew ? 1 : frailty) * (table(ageOn(bornOn, to)) - table(ageOn(bornOn, begin)))
    const units = plan?.quarter === i ? group.terminals : 0
    return {
      useEnd: plan?.why === "use_end" ? units : 0,
      cost: plan?.why === "cost" ? units : 0,
      failures: failures * group.terminals,
    }
  })
}
