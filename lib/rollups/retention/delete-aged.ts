import type { Partition } from "@/lib/base/db/partitions"
import { asWorker } from "@/lib/base/db/transaction"
import { parts } from "@/lib/base/parts"
import { dimensions } from "@/lib/rollups/fold/sql/columns"
import { inBatches } from "@/lib/rollups/retention/in-batches"
import type { Longest } from "@/lib/rollups/retention/longest"
import {
  closeHours,
  closeRaw,
  deleteBatches,
  deleteDays,
  deleteHeartbeats,
  deleteHours,
  deletePlaceDays,
  deletePlaceHours,
  deleteSegments,
  deleteTransactions,
  storeIds,
  terminalIds,
  type Horizon,
} from "@/lib/rollups/retention/sql"

const terminalsAtOnce = 50
const storesAtOnce = 500

type Deletion = { horizon: Horizon; longest: Longest; signal: AbortSignal | undefined }

/**
 * Deletes an organisation's raw rows of days that other organisations still keep. Starts with the last closed
 * day, because its deletion may have been interrupted. An interrupted run closes no further day.
 */
export async function deleteRaw(days: Partition[], { horizon, longest, signal }: Deletion): Promise<number> {
  const { org_id: orgId, raw_before: before, raw_deleted_before: closed } = horizon
  const due = days.filter(
    ({ to }) =>
      to > longest.raw &&
      to.toMillis() <= before.getTime() &&
      (closed === null || to.toMillis() >= closed.getTime()),
  )
  if (due.length === 0) return 0
  const terminals = parts(
    (await asWorker((db) => terminalIds(db, orgId))).map(({ id }) => id),
    terminalsAtOnce,
  )
  let deleted = 0
  for (const day of due) {
    if (signal?.aborted) break
    const span = { from: day.from.toJSDate(), before: day.to.toJSDate() }
    if ((await asWorker((db) => closeRaw(db, { orgId, ...span }))).length === 0) continue
    for (const ids of terminals) {
      for (const remove of [deleteHeartbeats, deleteTransactions]) {
        deleted += await inBatches((db, limit) => remove(db, { terminalIds: ids, ...span, limit }), signal)
      }
    }
  }
  return deleted
}

/** Organisations with the longest hour retention are skipped: their weeks are dropped as partitions. */
export async function deleteOldHours({
  horizon: { org_id: orgId, hours_before: before },
  longest,
  signal,
}: Deletion): Promise<number> {
  await asWorker((db) => closeHours(db, { orgId, before }))
  if (before.getTime() <= longest.hours.toMillis()) return 0
  const deleted = await inBatches((db, limit) => deleteHours(db, { orgId, before, limit }), signal)
  return deleted + (await inBatches((db, limit) => deletePlaceHours(db, { orgId, before, limit }), signal))
}

export async function deleteOldDays({
  horizon: { org_id: orgId, days_before: before },
  signal,
}: Deletion): Promise<number> {
  let deleted = await inBatches((db, limit) => deleteDays(db, { orgId, before, limit }), signal)
  deleted += await inBatches((db, limit) => deletePlaceDays(db, { orgId, before, limit }), signal)
  // Store 0 is the organisation itself.
  const stores = [0, ...(await asWorker((db) => storeIds(db, orgId))).map(({ id }) => id)]
  for (const ids of parts(stores, storesAtOnce)) {
    deleted += await inBatches(
      (db, limit) =>
        deleteSegments(db, { orgId, storeIds: ids, dimensions: Object.keys(dimensions), before, limit }),
      signal,
    )
  }
  return deleted
}

export const deleteOldBatches = ({ horizon: { org_id: orgId }, signal }: Deletion): Promise<number> =>
  inBatches((db, limit) => deleteBatches(db, { orgId, limit }), signal)
