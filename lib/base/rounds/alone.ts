import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { tryRoundLock, type RoundLock } from "@/lib/base/rounds/sql"

/** Whether no other worker is at the organisation: none can begin until the transaction ends. */
export async function isAlone(db: Db, lock: RoundLock): Promise<boolean> {
  const [tried] = await tryRoundLock(db, lock)
  return tried?.locked === true
}

/** Runs a slice of a round in a transaction of its own. Null if another worker is at the organisation. */
export const alone = <T>(lock: RoundLock, run: (db: Db) => Promise<T>): Promise<T | null> =>
  retryConflicts(() => asWorker(async (db) => ((await isAlone(db, lock)) ? run(db) : null)))
