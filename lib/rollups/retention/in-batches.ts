import { setTimeout as wait } from "node:timers/promises"
import { asWorker, type Db } from "@/lib/base/db/transaction"

/** Rows that one statement deletes at most. */
export const batchSize = 5_000
const shortestPauseMs = 5

/**
 * Runs a bounded deletion, each time in a transaction of its own, until nothing is left; rests as long as
 * each took, so that half of the time is everybody else's. Answers how many rows went.
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
