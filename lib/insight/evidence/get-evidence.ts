import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { addDays, localDay } from "@/lib/base/time/zone"
import type { Evidence, EvidenceQuery } from "@/lib/insight/evidence/schemas"
import { daysOf, modelOf, othersOf, sumsOf } from "@/lib/insight/evidence/sql"
import { kindOf } from "@/lib/insight/evidence/words"

const mostOthers = 100

type Asked = { actor: Actor; terminalId: number; query: EvidenceQuery; now?: Date }

/** What speaks for a flag of the nights, or against it. */
export async function getEvidence({ actor, terminalId, query, now = new Date() }: Asked): Promise<Evidence> {
  requirePermission(actor, "fleet:read")
  const kind = kindOf[query.rule]
  const today = localDay(now, "UTC")
  return inOrganisation(actor, async (db) => {
    const [own] = await modelOf(db, terminalId)
    if (!own) throw new AppError("not_found", "There is no such terminal.")
    if (kind === null) return { days: [], own: { observed: 0, expected: 0 }, others: [] }
    const others = await othersOf(db, { id: terminalId, model: own.model, most: mostOthers })
    const ids = [terminalId, ...others.map(({ id }) => id)]
    const days = await daysOf(db, { id: terminalId, kind, first: addDays(today, -35) })
    const sums = await sumsOf(db, { ids, kind, first: addDays(today, -28) })
    const serials = new Map(others.map(({ id, serial }) => [id, serial]))
    const ofOwn = sums.find(({ id }) => id === terminalId)
    return {
      days,
      own: { observed: ofOwn?.observed ?? 0, expected: ofOwn?.expected ?? 0 },
      others: sums
        .filter(({ id, expected }) => id !== terminalId && expected > 0)
        .map(({ id, observed, expected }) => ({ serial: serials.get(id) ?? "", observed, expected })),
    }
  })
}
