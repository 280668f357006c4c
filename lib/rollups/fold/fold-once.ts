import { DateTime } from "luxon"
import { tryFoldLock } from "@/lib/base/db/fold-lock"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorker, asWorkerInOneSnapshot, type Db } from "@/lib/base/db/transaction"
import { findArrivals } from "@/lib/rollups/fold/sql/arrivals"
import { deriveBeats } from "@/lib/rollups/fold/sql/beats"
import {
  claimBatches,
  markFolded,
  prepareSession,
  waitingOrganisations,
  type Claim,
} from "@/lib/rollups/fold/sql/claim"
import { addToRollups, replaceDays, replaceHours } from "@/lib/rollups/fold/sql/rollups"
import { deriveNewSales, deriveSales } from "@/lib/rollups/fold/sql/sales"
import {
  addToSegments,
  beginSegmentChange,
  moveOrganisationSegments,
  replaceSegments,
} from "@/lib/rollups/fold/sql/segments"
import { advanceTails, noteSales, restateTails } from "@/lib/rollups/fold/sql/tails"
import { findTouched, touchedBounds } from "@/lib/rollups/fold/sql/touched"

export type Folded = { batches: number; rows: number }

const mostRowsAtOnce = 250_000

/**
 * Folds some of what waits, of every organisation that no other worker is folding. Rollups are always those
 * of the folded batches: rows later than all that is folded of their terminal are added; others make the days
 * that they touch be computed anew. One snapshot, in the transaction that marks the batches folded: whatever
 * crashes, each row counts once.
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

const foldOrganisation = (orgId: string, hourRetentionDays: number): Promise<Folded> =>
  retryConflicts(() => asWorkerInOneSnapshot((db) => fold(db, orgId, hourRetentionDays)))

const nothing: Folded = { batches: 0, rows: 0 }

async function fold(db: Db, orgId: string, hourRetentionDays: number): Promise<Folded> {
  await prepareSession(db)
  const [lock] = await tryFoldLock(db, orgId)
  return lock?.locked ? foldClaimed(db, orgId, hourRetentionDays) : nothing
}

/** Folds some of what waits of an organisation whose lock is held, in a session that is prepared. */
export async function foldClaimed(db: Db, orgId: string, hourRetentionDays: number): Promise<Folded> {
  const [claimed] = await claimBatches(db, orgId, mostRowsAtOnce)
  if (!claimed?.from || !claimed.to) return nothing
  const claim = { ids: claimed.ids, waiting: claimed.waiting, from: claimed.from, to: claimed.to }
  const firstDay = DateTime.utc().minus({ days: hourRetentionDays }).toISODate()

  await findArrivals(db, claim)
  await findTouched(db, claim)
  await beginSegmentChange(db)
  await recompute(db, { orgId, claim, firstDay })
  await deriveNewSales(db, claim)
  await addToRollups(db, { claim, firstDay })
  await addToSegments(db, orgId)
  await moveOrganisationSegments(db, orgId)
  await advanceTails(db, claim)
  await restateTails(db, claim)
  await noteSales(db)
  await markFolded(db, claim.ids)
  return { batches: claim.ids.length, rows: claimed.rows }
}

/** Computes the touched terminal-days anew from all raw rows that count. */
async function recompute(
  db: Db,
  { orgId, claim, firstDay }: { orgId: string; claim: Claim; firstDay: string },
): Promise<void> {
  const [bounds] = await touchedBounds(db)
  // Without a touched day any bounds will do: the temporary tables are made and stay empty.
  const range = { from: bounds?.from ?? claim.from, to: bounds?.to ?? claim.to, waiting: claim.waiting }
  await deriveSales(db, range)
  await deriveBeats(db, range)
  if (!bounds?.first_day || !bounds.last_day) return
  const days = { orgId, firstDay: bounds.first_day, lastDay: bounds.last_day }
  await replaceHours(db, { ...range, firstDay })
  await replaceDays(db, days)
  await replaceSegments(db, days)
}
