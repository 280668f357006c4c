import type { Group } from "@/lib/base/db/group"
import { allGroups, groupsOfTerminals, wholeServer } from "@/lib/base/db/groups"
import type { Partition } from "@/lib/base/db/partitions"
import { asWorker } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { parts } from "@/lib/base/parts"
import { dimensions } from "@/lib/rollups/fold/sql/columns"
import { closeRaw } from "@/lib/rollups/retention/close-raw"
import { inBatches, inBatchesOf } from "@/lib/rollups/retention/in-batches"
import type { Longest } from "@/lib/rollups/retention/longest"
import {
  closeHours,
  deleteBatches,
  deleteDays,
  deleteHeartbeats,
  deleteHours,
  deleteIncidents,
  deleteAvailability,
  deleteLost,
  deleteOperators,
  deletePlaceDays,
  deletePlaceHours,
  deleteRates,
  deleteSegments,
  deleteSightings,
  deleteSpeeds,
  deleteTransactions,
  deleteVerdicts,
  deletedRaw,
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
  const terminals = await terminalsByGroup(orgId)
  let deleted = 0
  for (const day of due) {
    if (signal?.aborted) break
    const span = { from: day.from.toJSDate(), before: day.to.toJSDate() }
    if (!(await closeRaw({ orgId, ...span }))) continue
    const found = await deleteDay({ terminals, ...span, signal })
    deleted += found
    // Records that were on their way when the day was closed may have come in after its first run.
    const wasClosed = closed !== null && closed >= span.before
    if (found === 0 && wasClosed && !signal?.aborted)
      await asWorker((db) => noteEmptiedRaw(db, { orgId, before: span.before }))
  }
  return deleted
}

type Terminals = { group: Group; ids: number[] }[]

/** The organisation's terminals where their rows are, some at a time. */
async function terminalsByGroup(orgId: string): Promise<Terminals> {
  const ids = (await asWorker((db) => terminalIds(db, orgId))).map(({ id }) => id)
  const groups = await allGroups()
  const keys = groups.map(({ key }) => key)
  const groupOf = await asWorker((db) => groupsOfTerminals(db, [...ids, ...keys]))
  const byGroup = groupBy(ids, groupOf)
  return groups.flatMap((group) =>
    parts(byGroup.get(groupOf(group.key)) ?? [], terminalsAtOnce).map((some) => ({ group, ids: some })),
  )
}

type RawDay = { terminals: Terminals; from: Date; before: Date; signal: AbortSignal | undefined }

async function deleteDay({ terminals, signal, ...span }: RawDay): Promise<number> {
  let deleted = 0
  for (const { group, ids } of terminals) {
    for (const remove of [deleteHeartbeats, deleteTransactions]) {
      const some = { terminalIds: ids, ...span }
      deleted += await inBatchesOf(group, (db, limit) => remove(db, { ...some, limit }), signal)
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
  let deleted = await inBatches((db, limit) => deleteHours(db, { orgId, before, limit }), signal)
  for (const remove of [deletePlaceHours, deleteOperators])
    deleted += await inBatches((db, limit) => remove(db, { orgId, before, limit }), signal)
  return deleted
}

/** Days get too old once a day, so later runs of that day have nothing to do. */
export async function deleteOldDays({
  horizon: { org_id: orgId, days_before: before, days_emptied_before: emptied },
  signal,
}: Deletion): Promise<number> {
  if (emptied !== null && emptied >= before) return 0
  const [raw] = await asWorker((db) => deletedRaw(db, orgId))
  const deleted = raw ? await deleteDaysOf({ orgId, from: raw.firstDay, before }, signal) : 0
  if (!signal?.aborted) await asWorker((db) => noteEmptiedDays(db, { orgId, before }))
  return deleted
}

type AgedDays = { orgId: string; from: string; before: string }

async function deleteDaysOf(days: AgedDays, signal: AbortSignal | undefined): Promise<number> {
  let deleted = 0
  for (const remove of [deleteDays, deletePlaceDays, deleteLost, deleteAvailability])
    deleted += await inBatches((db, limit) => remove(db, { ...days, limit }), signal)
  // Every node has the same rates, and the coordinator alone the speeds.
  for (const remove of [deleteRates, deleteSpeeds])
    deleted += await inBatchesOf(wholeServer, (db, limit) => remove(db, { ...days, limit }), signal)
  // Store 0 is the organisation itself.
  const stores = [0, ...(await asWorker((db) => storeIds(db, days.orgId))).map(({ id }) => id)]
  const names = Object.keys(dimensions)
  for (const ids of parts(stores, storesAtOnce))
    deleted += await inBatches(
      (db, limit) => deleteSegments(db, { ...days, storeIds: ids, dimensions: names, limit }),
      signal,
    )
  return deleted
}

export async function deleteOldBatches({ horizon: { org_id: orgId }, signal }: Deletion): Promise<number> {
  const [raw] = await asWorker((db) => deletedRaw(db, orgId))
  return raw ? inBatches((db, limit) => deleteBatches(db, { orgId, ...raw, limit }), signal) : 0
}

export const deleteOldVerdicts = ({
  horizon: { org_id: orgId, raw_before: before },
  signal,
}: Deletion): Promise<number> =>
  inBatches((db, limit) => deleteVerdicts(db, { orgId, before, limit }), signal)

/** They lie by card, and not in the groups of terminals. */
export const deleteOldSightings = ({ horizon: { org_id: orgId }, signal }: Deletion): Promise<number> =>
  inBatchesOf(wholeServer, (db, limit) => deleteSightings(db, { orgId, limit }), signal)

/** As long as the days that they explain. They lie in one place. */
export const deleteOldIncidents = ({
  horizon: { org_id: orgId, days_before: before },
  signal,
}: Deletion): Promise<number> =>
  inBatchesOf(wholeServer, (db, limit) => deleteIncidents(db, { orgId, before, limit }), signal)
