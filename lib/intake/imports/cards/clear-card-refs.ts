import { asWorker } from "@/lib/base/db/transaction"
import { daysAfter } from "@/lib/base/time/days-after"
import { ownCardRef, rotationDays } from "@/lib/intake/imports/cards/card-ref"
import {
  clearPage,
  deleteKey,
  dueOrganisations,
  keysBefore,
  noteCleared,
  pageEnd,
  type CardRefs,
} from "@/lib/intake/imports/cards/sql"

const pageSize = 5_000

/** Goes through the references that were made for the organisation by time, one page per transaction. */
async function clearAll(rule: Pick<CardRefs, "orgId" | "prefix" | "receivedBefore">): Promise<number> {
  let cleared = 0
  for (let after = "-infinity"; ;) {
    const page = await asWorker(async (db) => {
      const [end] = await pageEnd(db, { orgId: rule.orgId, after, limit: pageSize })
      if (!end?.until) return null
      const [row] = await clearPage(db, { ...rule, after, until: end.until })
      return { until: end.until, count: row?.count ?? 0 }
    })
    if (!page) return cleared
    cleared += page.count
    after = page.until
  }
}

/**
 * Clears card references that were made here at least fourteen days ago. Tokens from senders stay. A sale
 * that was stored again since then counts as new; its reference is cleared with its key at the latest.
 */
export async function clearCardRefs(now: Date): Promise<number> {
  const before = daysAfter(now, -rotationDays)
  let cleared = 0
  for (const { org_id: orgId, run_ids: runIds } of await asWorker((db) => dueOrganisations(db, before))) {
    cleared += await clearAll({ orgId, prefix: ownCardRef, receivedBefore: before })
    await asWorker((db) => noteCleared(db, runIds))
  }
  // A key is used for fourteen days, and its last reference is kept for another fourteen.
  for (const { id, org_id: orgId } of await asWorker((db) =>
    keysBefore(db, daysAfter(before, -rotationDays)),
  )) {
    cleared += await clearAll({ orgId, prefix: `${ownCardRef}${id}:`, receivedBefore: null })
    await asWorker((db) => deleteKey(db, id))
  }
  return cleared
}
