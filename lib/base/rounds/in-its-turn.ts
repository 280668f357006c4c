import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { takeRoundLock, type RoundLock } from "@/lib/base/rounds/sql"

/** Like `alone`, but waits for a worker that is at the organisation. */
export const inItsTurn = <T>(lock: RoundLock, run: (db: Db) => Promise<T>): Promise<T> =>
  retryConflicts(() =>
    asWorker(async (db) => {
      await takeRoundLock(db, lock)
      return run(db)
    }),
  )
