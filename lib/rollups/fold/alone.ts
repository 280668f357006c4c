import { foldLock } from "@/lib/base/db/fold-lock"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorkerLocked, type Db } from "@/lib/base/db/transaction"

/**
 * Runs while no other process folds the organisation, in a snapshot that begins after the last fold ended.
 */
export const alone = <T>(orgId: string, run: (db: Db) => Promise<T>): Promise<T> =>
  retryConflicts(() => asWorkerLocked(foldLock(orgId), run))
