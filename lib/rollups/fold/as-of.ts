import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** When the oldest batch that waits to be folded was received. */
const oldestWaiting = (orgId: string) => sql`(
  select received_at from ingest_batch
   where org_id = ${orgId}::uuid and folded_at is null order by id limit 1)`

/**
 * The time up to which all received records are in the rollups: the oldest waiting batch, or now if none
 * waits.
 */
export async function asOf(db: Db, orgId: string): Promise<Date> {
  const [row] = await db.query<{ as_of: Date }>(sql`
    select coalesce(${oldestWaiting(orgId)}, now()) as as_of`)
  return row?.as_of ?? new Date()
}

/** When the oldest record that waits to be folded was received, if that is longer ago than `ms`. */
export async function longWaiting(db: Db, orgId: string, ms: number): Promise<Date | null> {
  const [row] = await db.query<{ received_at: Date }>(sql`
    select received_at from ${oldestWaiting(orgId)} as oldest
     where received_at < now() - ${ms}::int * interval '1 millisecond'`)
  return row?.received_at ?? null
}
