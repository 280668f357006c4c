import { deleteLinksBefore, deleteSessionsBefore } from "@/lib/access/sign-in/sql"
import { asWorker } from "@/lib/base/db/transaction"

const keptDays = 90
const dayMs = 86_400_000
const batchSize = 1_000

/** Deletes sessions and links of more than ninety days ago, which are long over, in small batches; answers how many. */
export async function forgetOldSessions({ now = new Date() }: { now?: Date } = {}): Promise<number> {
  const before = new Date(now.getTime() - keptDays * dayMs)
  let deleted = 0
  for (const remove of [deleteSessionsBefore, deleteLinksBefore]) {
    for (;;) {
      const { length } = await asWorker((db) => remove(db, { before, limit: batchSize }))
      deleted += length
      if (length < batchSize) break
    }
  }
  return deleted
}
