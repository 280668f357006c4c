import { asWorker, type Db } from "@/lib/base/db/transaction"

type Part = { limit: number; remove: (db: Db, limit: number) => Promise<readonly unknown[]> }

/**
 * Runs a deletion of at most `limit` rows, each time in a transaction of its own, until nothing is left.
 * Answers how many rows went.
 */
export async function deleteInParts({ limit, remove }: Part): Promise<number> {
  let deleted = 0
  for (;;) {
    const { length } = await asWorker((db) => remove(db, limit))
    deleted += length
    if (length < limit) return deleted
  }
}
