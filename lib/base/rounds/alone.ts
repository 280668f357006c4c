import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { tryRoundLock, type RoundLock } from "@/lib/base/rounds/sql"

/** Runs a slice of a round in a transaction of its own. Null if another worker is at the organisation. */
export const alone = <T>(lock: RoundLock, run: (db: Db) => Promise<T>): Promise<T | null> =>
  retryConflicts(() =>
    asWorker(async (db) => {
      const [tried] = await tryRoundLock(db, lock)
      return tried?.locked ? run(db) : null
    }),
  )
