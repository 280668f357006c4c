import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { groupBy } from "@/lib/base/group-by"
import { rangeOf } from "@/lib/base/time/range"
import type { CoachingQuery, CoachingSheet } from "@/lib/insight/coaching/schemas"
import { storeById, topicsOf, type TopicRow } from "@/lib/insight/coaching/sql"
import { shifts } from "@/lib/insight/coaching/words"
import { remediesOf } from "@/lib/insight/diagnoses/remedies"

const usual = { range: "30d" as const }

type Asked = { actor: Actor; storeId: number; query: CoachingQuery; now?: Date }

/** What a store's cashiers could do better, by shift: failed sales whose verdict names the operator. */
export async function coachingSheet({
  actor,
  storeId,
  query,
  now = new Date(),
}: Asked): Promise<CoachingSheet> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const [store] = await storeById(db, storeId)
    if (!store) throw new AppError("not_found", "There is no such store.")
    const zone = await organisationZone(db)
    const { from, to, days } = rangeOf({
      ...(Object.keys(query).length === 0 ? usual : query),
      zone,
      hoursFrom: now,
      daysOnly: true,
      at: now,
    })
    const rows = await topicsOf(db, { store: storeId, cause: "operator", from, to })
    return {
      store,
      shifts: shifts.map((shift) => ({
        shift,
        cashiers: cashiersOf(rows.filter((row) => row.shift === shift)),
      })),
      from,
      to,
      days,
    }
  })
}

type Cashier = CoachingSheet["shifts"][number]["cashiers"][number]

/** Who most needs help first. */
const cashiersOf = (rows: readonly TopicRow[]): Cashier[] =>
  [...groupBy(rows, ({ operator }) => operator)]
    .map(([operator, own]) => ({
      operator: operator === "" ? null : operator,
      failures: own.reduce((sum, { failures }) => sum + failures, 0),
      topics: own.map((row) => ({
        subcause: row.subcause,
        failures: row.failures,
        lastAt: row.last_at.toISOString(),
        steps: remediesOf({ cause: "operator", kind: row.kind, ofCode: row.remedy }),
      })),
    }))
    .toSorted((a, b) => b.failures - a.failures)
