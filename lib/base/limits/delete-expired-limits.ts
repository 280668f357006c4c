import { asWorker } from "@/lib/base/db/transaction"
import { deleteExpired } from "@/lib/base/limits/sql"

/** Deletes expired counters. Returns how many. */
export const deleteExpiredLimits = async (now = new Date()): Promise<number> =>
  (await asWorker((db) => deleteExpired(db, now)))[0]?.count ?? 0
