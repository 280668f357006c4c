import { asWorker, type Db } from "@/lib/base/db/transaction"
import { dayStart, type Day } from "@/lib/base/time/zone"
import type { Count } from "@/lib/insight/engine/terms/input"
import { kindOf } from "@/lib/insight/evidence/words"
import { ruledOutElsewhere } from "@/lib/insight/nights/elsewhere"
import { failsOften } from "@/lib/insight/nights/fails-often"
import type { NewFlag } from "@/lib/insight/nights/flags-sql"
import {
  faultOf,
  fewestCards,
  hourlyRules,
  type HourlyKind,
  type HourlyRule,
} from "@/lib/insight/nights/hour-faults"
import {
  cardsToday,
  softwareToday,
  storesToday,
  suspectsToday,
  type DaySums,
} from "@/lib/insight/nights/hour-faults-sql"

type Hour = { orgId: string; zone: string; now: Date }

const countOf = (sums: DaySums, kind: HourlyKind): Count => ({
  observed: sums[`observed_${kind}`],
  expected: sums[`expected_${kind}`],
})

const total = (counts: readonly Count[]): Count => ({
  observed: counts.reduce((sum, { observed }) => sum + observed, 0),
  expected: counts.reduce((sum, { expected }) => sum + expected, 0),
})

/** Flags of terminals whose day so far leaves no doubt, with several cards. */
export async function hourFlags({ orgId, zone, now }: Hour): Promise<NewFlag[]> {
  const suspects = await asWorker((db) => suspectsToday(db, { orgId, now }))
  if (suspects.length === 0) return []
  const [stores, fleet, cards] = await asWorker(async (db) => [
    await storesToday(db, { orgId, now, storeIds: [...new Set(suspects.map(({ store_id: id }) => id))] }),
    await softwareToday(db, { orgId, now }),
    await cardsToday(db, { orgId, now, terminalIds: suspects.map(({ terminal_id: id }) => id) }),
  ])
  const storeOf = new Map(stores.map((row) => [row.store_id, row]))
  const softwareOf = new Map(fleet.map((row) => [row.software, row]))
  const cardsOf = new Map(cards.map((row) => [`${row.terminal_id} ${row.kind}`, row.cards]))
  const found = suspects.flatMap((row) =>
    hourlyRules.flatMap((rule) => {
      const kind = kindOf[rule]
      if ((cardsOf.get(`${row.terminal_id} ${kind}`) ?? 0) < fewestCards) return []
      const own = countOf(row, kind)
      const fault = faultOf({
        own,
        store: countOf(storeOf.get(row.store_id) ?? row, kind),
        release: countOf(softwareOf.get(row.software) ?? row, kind),
        fleet: total(fleet.map((sums) => countOf(sums, kind))),
      })
      return fault ? [{ ...row, rule, own, fault }] : []
    }),
  )
  return asWorker(async (db) => {
    const flags: NewFlag[] = []
    for (const one of found) flags.push(await flagOf(db, { orgId, zone, now }, one))
    return flags
  })
}

type Found = {
  terminal_id: number
  store_id: number
  day: Day
  rule: HourlyRule
  own: Count
  fault: NonNullable<ReturnType<typeof faultOf>>
}

async function flagOf(
  db: Db,
  { orgId, zone, now }: Hour,
  { terminal_id: terminalId, store_id, day, rule, own, fault }: Found,
): Promise<NewFlag> {
  const others = (["store", "release"] as const)
    .map((what) => ({ what, ...fault.others[what] }))
    .filter(({ expected }) => expected > 0)
  const elsewhere = await ruledOutElsewhere(db, { orgId, terminalId, on: day, rule })
  const reason = failsOften({ ...fault, ...own, rule, test: "day", on: day }, [...others, ...elsewhere])
  // The store's day may begin before the organisation's.
  const begins = dayStart(day, zone)
  const sinceAt = begins < now ? begins : now
  return { rule, terminal_id: terminalId, store_id, since_at: sinceAt, reasons: [reason] }
}
