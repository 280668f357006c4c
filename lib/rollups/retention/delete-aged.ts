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
  hadRawBefore,
  noteEmptiedDays,
  noteEmptiedRaw,
  storeIds,
  terminalIds,
  type Horizon,
} from "@/lib/rollups/retention/sql"

const terminalsAtOnce = 50
const storesAtOnce = 500

type Deletion = { horizon: Horizon; longest: Longest; signal: AbortSignal | undefined }

/**
 * Deletes an organisation's raw rows of days that other organisations still keep. An interrupted run closes
 * no further day, and the next one begins with the last closed day. A day is left alone once a later run has
 * found it empty.
 */
export async function deleteRaw(days: Partition[], { horizon, longest, signal }: Deletion): Promise<number> {
  const { org_id: orgId, raw_before: before, raw_deleted_before: closed } = horizon
  const emptied = horizon.raw_emptied_before?.getTime() ?? -Infinity
  const due = days.filter(
    ({ to }) =>
      to > longest.raw &&
      to.toMillis() <= before.getTime() &&
      (closed === null || to.toMillis() >= closed.getTime()) &&
      to.toMillis() > emptied,
  )
  if (due.length === 0) return 0
  const [known] = await asWorker((db) => hadRawBefore(db, { orgId, before }))
  if (!known?.had) return 0
  const terminals = parts(
    (await asWorker((db) => terminalIds(db, orgId))).map(({ id }) => id),
    terminalsAtOnce,
  )
  let deleted = 0
  for (const day of due) {
    if (signal?.aborted) break
    const span = { from: day.from.toJSDate(), before: day.to.toJSDate() }
    if ((await asWorker((db) => closeRaw(db, { orgId, ...span }))).length === 0) continue
    const found = await deleteDay({ terminals, ...span, signal })
    deleted += found
    // Records that were on their way when the day was closed may have come in after its first run.
    const wasClosed = closed !== null && closed >= span.before
    if (found === 0 && wasClosed && !signal?.aborted)
      await asWorker((db) => noteEmptiedRaw(db, { orgId, before: span.before }))
  }
  return deleted
}

type RawDay = { terminals: number[][]; from: Date; before: Date; signal: AbortSignal | undefined }

async function deleteDay({ terminals, signal, ...span }: RawDay): Promise<number> {
  let deleted = 0
  for (const ids of terminals) {
    for (const remove of [deleteHeartbeats, deleteTransactions]) {
      deleted += await inBatches((db, limit) => remove(db, { terminalIds: ids, ...span, limit }), signal)
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

/** Days get too old once a day, so later runs of that day have nothing to do. */
export async function deleteOldDays({
  horizon: { org_id: orgId, days_before: before, days_emptied_before: emptied },
  signal,
}: Deletion): Promise<number> {
  if (emptied !== null && emptied >= before) return 0
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
  if (!signal?.aborted) await asWorker((db) => noteEmptiedDays(db, { orgId, before }))
  return deleted
}

export const deleteOldBatches = ({ horizon: { org_id: orgId }, signal }: Deletion): Promise<number> =>
  inBatches((db, limit) => deleteBatches(db, { orgId, limit }), signal)
