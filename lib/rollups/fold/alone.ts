import { foldLock } from "@/lib/base/db/fold-lock"
import { allGroups, inGroups, isDistributed } from "@/lib/base/db/groups"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorkerInGroup, asWorkerLocked, type Db } from "@/lib/base/db/transaction"
import { keptOf, type Kept } from "@/lib/rollups/fold/sql/claim"

export type Alone = {
  /** The tables of the organisation itself. */
  db: Db
  kept: Kept
  /** Runs where the rollups are: in this transaction, or on a cluster in one of each group. */
  inGroups: <T>(run: (db: Db) => Promise<T>) => Promise<T[]>
}

/**
 * Runs while no other process folds the organisation, in a snapshot that begins after the last fold ended; on
 * a cluster each group has a snapshot of its own.
 */
export async function alone<T>(orgId: string, run: (alone: Alone) => Promise<T>): Promise<T> {
  const isApart = await isDistributed()
  const groups = await allGroups()
  return retryConflicts(() =>
    asWorkerLocked(foldLock(orgId), async (db) =>
      run({
        db,
        kept: await keptOf(db, orgId),
        inGroups: isApart
          ? (inOne) => inGroups(groups, (group) => retryConflicts(() => asWorkerInGroup(group, inOne)))
          : async (inOne) => [await inOne(db)],
      }),
    ),
  )
}
