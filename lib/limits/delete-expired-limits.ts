import { asWorker } from "@/lib/db/transaction"
import { deleteExpired } from "@/lib/limits/sql"

/** Forgets counters whose time is over. Answers how many. */
export const deleteExpiredLimits = async (now = new Date()): Promise<number> =>
  (await asWorker((db) => deleteExpired(db, now)))[0]?.count ?? 0
