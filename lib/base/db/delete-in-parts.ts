import { asWorker, type Db } from "@/lib/base/db/transaction"

type Part = { limit: number; remove: (db: Db, limit: number) => Promise<readonly unknown[]> }

/**
 * Deletes in parts of at most `limit` rows, each in its own transaction, until nothing is left. Returns the
 * number of rows.
 */
export async function deleteInParts({ limit, remove }: Part): Promise<number> {
  let deleted = 0
  for (;;) {
    const { length } = await asWorker((db) => remove(db, limit))
    deleted += length
    if (length < limit) return deleted
  }
}
