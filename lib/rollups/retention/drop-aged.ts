import type { DateTime } from "luxon"
import type pg from "pg"
import { dayPartitionsOf, dropPartitions } from "@/lib/base/db/drop-partitions"
import { partitionsOf, type Partition } from "@/lib/base/db/partitions"
import { dbOf } from "@/lib/base/db/transaction"
import { closeRaw } from "@/lib/rollups/retention/close-raw"
import type { Longest } from "@/lib/rollups/retention/longest"
import type { Horizon } from "@/lib/rollups/retention/sql"

const endedBefore = (partitions: Partition[], before: DateTime) => partitions.filter(({ to }) => to <= before)

/** Drops partitions that are older than the longest retention. Returns the number of dropped partitions. */
export async function dropAged(
  client: pg.Client,
  horizons: Horizon[],
  { raw, hours, days }: Longest,
): Promise<number> {
  let dropped = 0
  for (const table of ["heartbeat", "transaction"] as const) {
    const due = endedBefore(await dayPartitionsOf(client, table), raw)
    await closeDays(due, horizons)
    dropped += await dropPartitions(client, table, due, raw)
  }
  // Places after their terminals: the fold takes the same out of a terminal's rollup and then the place's.
  for (const table of ["terminal_hour", "place_hour", "operator_day"] as const) {
    const due = endedBefore(await partitionsOf(dbOf(client), table), hours)
    dropped += await dropPartitions(client, table, due, hours)
  }
  for (const table of ["terminal_day", "place_day"] as const) {
    const due = endedBefore(await partitionsOf(dbOf(client), table), days)
    dropped += await dropPartitions(client, table, await emptyOf(client, due), days)
  }
  return dropped
}

/** Closes the days for every organisation that has rows in them, before the partitions are dropped. */
async function closeDays(due: Partition[], horizons: Horizon[]): Promise<void> {
  for (const { from, to } of due) {
    for (const { org_id: orgId, raw_deleted_before: closed } of horizons) {
      if (closed && closed.getTime() >= to.toMillis()) continue
      await closeRaw({ orgId, from: from.toJSDate(), before: to.toJSDate() })
    }
  }
}

/**
 * The partitions without rows, which can be dropped. Days are deleted row by row, because imported history
 * stays.
 */
async function emptyOf(client: pg.Client, partitions: Partition[]): Promise<Partition[]> {
  const empty: Partition[] = []
  for (const partition of partitions) {
    const { rows } = await client.query(`select 1 from ${partition.name} limit 1`)
    if (rows.length === 0) empty.push(partition)
  }
  return empty
}
