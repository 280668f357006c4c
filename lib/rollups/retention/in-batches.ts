import { setTimeout as wait } from "node:timers/promises"
import { asWorker, type Db } from "@/lib/base/db/transaction"

/** The maximum number of rows that one statement deletes. */
export const batchSize = 5_000
const shortestPauseMs = 5

/**
 * Runs a bounded deletion until nothing is left, each time in its own transaction. Pauses for as long as the
 * deletion took, so that others have half of the time. Returns the number of deleted rows.
 */
export async function inBatches(
  run: (db: Db, limit: number) => Promise<{ count: number }[]>,
  signal?: AbortSignal,
): Promise<number> {
  let deleted = 0
  while (!signal?.aborted) {
    const startedAt = performance.now()
    const [row] = await asWorker((db) => run(db, batchSize))
    const count = row?.count ?? 0
    deleted += count
    if (count < batchSize) break
    await wait(Math.max(shortestPauseMs, performance.now() - startedAt), undefined, { signal }).catch(
      () => undefined,
    )
  }
  return deleted
}
