import type pg from "pg"
import { deleteOldLinks } from "@/lib/access/account-links/delete-old-links"
import { deleteOldSessions } from "@/lib/access/sessions/delete-old-sessions"
import { asOwner } from "@/lib/base/db/client"
import { dayPartitionsOf } from "@/lib/base/db/drop-partitions"
import type { Partition } from "@/lib/base/db/partitions"
import { asWorker } from "@/lib/base/db/transaction"
import { deleteExpiredLimits } from "@/lib/base/limits/delete-expired-limits"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { deleteOldImports } from "@/lib/intake/imports/runs/keep-imports"
import { deleteOldQuarantine } from "@/lib/intake/quarantine/delete-old-quarantine"
import {
  deleteOldBatches,
  deleteOldDays,
  deleteOldHours,
  deleteOldIncidents,
  deleteOldSightings,
  deleteOldVerdicts,
  deleteRaw,
} from "@/lib/rollups/retention/delete-aged"
import { dropAged } from "@/lib/rollups/retention/drop-aged"
import { longestOf } from "@/lib/rollups/retention/longest"
import { horizons } from "@/lib/rollups/retention/sql"

export type Retained = {
  partitions: number
  rawRows: number
  hours: number
  days: number
  batches: number
  verdicts: number
  sightings: number
  incidents: number
  quarantine: number
  imports: number
  sessions: number
  links: number
  limits: number
}

/**
 * Deletes everything that is past its retention: whole partitions at the longest retention of any
 * organisation, rows of shorter retentions in small batches. One worker runs it at a time; null if another
 * one is running.
 */
export const retain = ({ signal }: { signal?: AbortSignal } = {}): Promise<Retained | null> =>
  asOwner(async (client) => {
    const { rows } = await client.query<{ locked: boolean }>(
      "select pg_try_advisory_lock(hashtext('tillwatch:retention')) as locked",
    )
    if (!rows[0]?.locked) return null
    const before = await asWorker(horizons)
    const longest = longestOf(before)
    if (!longest) return null
    const partitions = await dropAged(client, before, longest)
    const days = await rawDays(client)
    // Dropping partitions has closed more days.
    const due = (await asWorker(horizons)).map((horizon) => ({ horizon, longest, signal }))
    return {
      partitions,
      rawRows: await sumOf(due, (one) => deleteRaw(days, one)),
      hours: await sumOf(due, deleteOldHours),
      days: await sumOf(due, deleteOldDays),
      batches: await sumOf(due, deleteOldBatches),
      verdicts: await sumOf(due, deleteOldVerdicts),
      sightings: await sumOf(due, deleteOldSightings),
      incidents: await sumOf(due, deleteOldIncidents),
      quarantine: await deleteOldQuarantine(),
      imports: await deleteOldImports(),
      sessions: await deleteOldSessions(),
      links: await deleteOldLinks(),
      limits: await deleteExpiredLimits(),
    }
  })

type Due = Parameters<typeof deleteOldHours>[0]

/** An organisation with an error does not keep the records of the others. */
async function sumOf(due: Due[], remove: (one: Due) => Promise<number>): Promise<number> {
  const byId = new Map(due.map((one) => [one.horizon.org_id, one]))
  const deleted = await inTurns({
    loop: "retention",
    orgIds: [...byId.keys()],
    work: async function* (orgId) {
      const one = byId.get(orgId)
      if (one) yield await remove(one)
    },
  })
  return deleted.reduce((sum, count) => sum + count, 0)
}

/** The days for which either table has a partition. */
async function rawDays(client: pg.Client): Promise<Partition[]> {
  const both = [
    ...(await dayPartitionsOf(client, "heartbeat")),
    ...(await dayPartitionsOf(client, "transaction")),
  ]
  return [...new Map(both.map((day) => [day.from.toMillis(), day])).values()].toSorted(
    (a, b) => a.from.toMillis() - b.from.toMillis(),
  )
}
