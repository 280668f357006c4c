import { DateTime } from "luxon"
import { isConflict } from "@/lib/db/failures"
import { asWorker, type Db } from "@/lib/db/transaction"
import { deriveBeats } from "@/lib/fold/sql/beats"
import { claimBatches, markFolded, tryLock, waitingOrganisations } from "@/lib/fold/sql/claim"
import { replaceDays, replaceHours } from "@/lib/fold/sql/rollups"
import { deriveSales } from "@/lib/fold/sql/sales"
import { replaceSegments } from "@/lib/fold/sql/segments"
import { writeStates } from "@/lib/fold/sql/states"
import { findTouched, touchedBounds } from "@/lib/fold/sql/touched"

export type Folded = { batches: number; rows: number }

const mostRowsAtOnce = 20_000
const mostAttempts = 4

/**
 * Folds some of what waits, of every organisation that no other worker is folding. What an organisation's
 * batches touch is computed anew from all its raw rows, in the transaction that marks them folded: whatever
 * crashes, each row counts once, and folding again changes nothing.
 */
export async function foldOnce(): Promise<Folded> {
  const total = { batches: 0, rows: 0 }
  for (const organisation of await asWorker(waitingOrganisations)) {
    const folded = await foldOrganisation(organisation.org_id, organisation.hour_retention_days)
    total.batches += folded.batches
    total.rows += folded.rows
  }
  return total
}

/** Folds until nothing waits. */
export async function foldAll(): Promise<Folded> {
  const total = { batches: 0, rows: 0 }
  for (;;) {
    const folded = await foldOnce()
    if (folded.batches === 0) return total
    total.batches += folded.batches
    total.rows += folded.rows
  }
}

async function foldOrganisation(orgId: string, hourRetentionDays: number): Promise<Folded> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await asWorker((db) => fold(db, orgId, hourRetentionDays))
    } catch (error) {
      if (!isConflict(error) || attempt === mostAttempts) throw error
    }
  }
}

const nothing: Folded = { batches: 0, rows: 0 }

async function fold(db: Db, orgId: string, hourRetentionDays: number): Promise<Folded> {
  const [lock] = await tryLock(db, orgId)
  if (!lock?.locked) return nothing
  const [claim] = await claimBatches(db, orgId, mostRowsAtOnce)
  if (!claim?.from || !claim.to) return nothing

  await findTouched(db, { ids: claim.ids, from: claim.from, to: claim.to })
  const [bounds] = await touchedBounds(db)
  if (bounds?.from && bounds.to && bounds.first_day && bounds.last_day) {
    const range = { from: bounds.from, to: bounds.to }
    const days = { firstDay: bounds.first_day, lastDay: bounds.last_day }
    const firstHourDay = DateTime.utc().minus({ days: hourRetentionDays }).toISODate()
    await deriveSales(db, range)
    await deriveBeats(db, range)
    await replaceHours(db, { ...range, firstDay: firstHourDay })
    await replaceDays(db, days)
    await replaceSegments(db, orgId, days)
    await writeStates(db, range)
  }
  await markFolded(db, claim.ids)
  return { batches: claim.ids.length, rows: claim.rows }
}
