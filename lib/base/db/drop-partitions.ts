import type { DateTime } from "luxon"
import type pg from "pg"
import { hasCitus } from "@/lib/base/db/citus"
import { isLockTimeout } from "@/lib/base/db/failures"
import { dayPartition, inTurn, partitionsOf, type Partition } from "@/lib/base/db/partitions"
import { dbOf } from "@/lib/base/db/transaction"

// A waiting lock blocks everyone behind it, so give up soon and try again in the next round.
const lockTimeout = "3s"

/** The partitions of one UTC day. Partitions of imported history are longer, and left out. */
export const dayPartitionsOf = async (
  client: pg.Client,
  table: "heartbeat" | "transaction",
): Promise<Partition[]> =>
  (await partitionsOf(dbOf(client), table)).filter(
    ({ name, from }) => name === dayPartition(table, from.toFormat("yyyy-MM-dd")),
  )

/**
 * Drops partitions of `table`, oldest first, and returns how many. Each is detached concurrently, which
 * blocks nobody, and then dropped. Partitions that an interrupted run left detached are finished first.
 * Citus cannot detach concurrently: there the table is locked for a moment, and a partition that is in use
 * is left for the next round.
 */
export const dropPartitions = (
  client: pg.Client,
  table: string,
  partitions: Partition[],
  before: DateTime,
): Promise<number> =>
  inTurn(client, async () => {
    await client.query(`set lock_timeout = '${lockTimeout}'`)
    const concurrently = (await hasCitus(client)) ? "" : " concurrently"
    let dropped = 0
    try {
      for (const name of await pendingOf(client, table))
        await client.query(`alter table ${table} detach partition ${name} finalize`)
      for (const name of await detachedOf(client, table, before)) {
        await client.query(`drop table ${name}`)
        dropped += 1
      }
      const attached = new Set((await partitionsOf(dbOf(client), table)).map(({ name }) => name))
      for (const { name } of partitions) {
        if (!attached.has(name)) continue
        await client.query(`alter table ${table} detach partition ${name}${concurrently}`)
        await client.query(`drop table ${name}`)
        dropped += 1
      }
    } catch (error) {
      if (!isLockTimeout(error)) throw error
    } finally {
      await client.query("reset lock_timeout")
    }
    return dropped
  })

async function pendingOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = $1::regclass and i.inhdetachpending`,
    [table],
  )
  return rows.map(({ name }) => name)
}

/**
 * Tables that were detached and not dropped, recognised by a partition's name that ended before `before`.
 */
async function detachedOf(client: pg.Client, table: string, before: DateTime): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and not relispartition
        and relname ~ ('^' || $1 || '_[0-9]{8}_[0-9]{8}$') and right(relname, 8) <= $2
      order by 1`,
    [table, before.toFormat("yyyyMMdd")],
  )
  return rows.map(({ name }) => name)
}
