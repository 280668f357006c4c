import { asWorker } from "@/lib/base/db/transaction"
import { deleteReceivedBefore } from "@/lib/intake/quarantine/sql"

const keptDays = 90
const dayMs = 86_400_000
const batchSize = 1_000

/** Deletes what came in more than ninety days ago, resolved or not, in small batches; answers how many. */
export async function deleteOldQuarantine({ now = new Date() }: { now?: Date } = {}): Promise<number> {
  const before = new Date(now.getTime() - keptDays * dayMs)
  let deleted = 0
  for (;;) {
    const rows = await asWorker((db) => deleteReceivedBefore(db, { before, limit: batchSize }))
    deleted += rows.length
    if (rows.length < batchSize) return deleted
  }
}
