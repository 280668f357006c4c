import { setTimeout as wait } from "node:timers/promises"
import type { Group } from "@/lib/base/db/group"
import { allGroups } from "@/lib/base/db/groups"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorkerInGroup, type Db } from "@/lib/base/db/transaction"

/** The maximum number of rows that one statement deletes. */
const batchSize = 5_000
const shortestPauseMs = 5

type Delete = (db: Db, limit: number) => Promise<{ count: number }[]>

/**
 * Runs a bounded deletion where the rows are until nothing is left, each time in its own transaction. Pauses
 * for as long as the deletion took, so that others have half of the time. Returns the number of deleted rows.
 */
export async function inBatches(run: Delete, signal?: AbortSignal): Promise<number> {
  let deleted = 0
  for (const group of await allGroups()) deleted += await inBatchesOf(group, run, signal)
  return deleted
}

/** Like `inBatches`, in one group. */
export async function inBatchesOf(group: Group, run: Delete, signal?: AbortSignal): Promise<number> {
  let deleted = 0
  while (!signal?.aborted) {
    const startedAt = performance.now()
    const [row] = await retryConflicts(() => asWorkerInGroup(group, (db) => run(db, batchSize)))
    const count = row?.count ?? 0
    deleted += count
    if (count < batchSize) break
    await wait(Math.max(shortestPauseMs, performance.now() - startedAt), undefined, { signal }).catch(
      () => undefined,
    )
  }
  return deleted
}
