import { DateTime } from "luxon"
import { tryFoldLock } from "@/lib/base/db/fold-lock"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorker, asWorkerInOneSnapshot, type Db } from "@/lib/base/db/transaction"
import { foldClaim } from "@/lib/rollups/fold/fold-claim"
import { claimBatches, prepareSession, waitingOrganisations } from "@/lib/rollups/fold/sql/claim"
import { holdPlacesFrom } from "@/lib/rollups/fold/sql/fill"

export type Folded = { batches: number; rows: number }

const mostRowsAtOnce = 250_000

/**
 * Folds some of the waiting batches of every organisation that no other worker is folding. Afterwards the
 * rollups are exactly those of all folded batches. Rows later than all folded rows of their terminal are
 * added; for other rows the days that they touch are recounted. All of it is one snapshot, in the transaction
 * that marks the batches folded, so each row counts once even if a process crashes.
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

/** Folds until no batch waits. */
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
  retryConflicts(() =>
    asWorkerInOneSnapshot(async (db) => {
      await prepareSession(db)
      const [lock] = await tryFoldLock(db, orgId)
      if (!lock?.locked) return { batches: 0, rows: 0 }
      await holdPlacesFrom(db, orgId)
      return foldWaiting(db, orgId, hourRetentionDays)
    }),
  )

/** Folds some waiting batches of an organisation. The caller has its lock and has prepared the session. */
export async function foldWaiting(db: Db, orgId: string, hourRetentionDays: number): Promise<Folded> {
  const claim = await claimBatches(db, orgId, mostRowsAtOnce)
  if (!claim) return { batches: 0, rows: 0 }
  const firstHourDay = DateTime.utc().minus({ days: hourRetentionDays }).toISODate()
  await foldClaim(db, { orgId, claim, firstHourDay })
  return { batches: claim.ids.length, rows: claim.rows }
}
