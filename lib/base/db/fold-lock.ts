import sql, { raw, type Sql } from "sql-template-tag"
import { Busy } from "@/lib/base/db/busy"
import { isLockTimeout } from "@/lib/base/db/failures"
import type { Db } from "@/lib/base/db/transaction"

/** The key of an organisation's fold lock. Writing rollups or moving terminals needs the lock. */
export const foldLock = (orgId: string): Sql => sql`hashtextextended('fold:' || ${orgId}, 0)`

/** Takes the organisation's fold lock until the transaction ends, if it is free. */
export const tryFoldLock = (db: Db, orgId: string) =>
  db.query<{ locked: boolean }>(sql`select pg_try_advisory_xact_lock(${foldLock(orgId)}) as locked`)

/** Longer than a round of the fold takes, and than other statements of a screen may wait for a lock. */
const longestRoundMs = 20_000

/** Like `tryFoldLock`, but waits for the lock, and fails if it does not become free. */
export async function takeFoldLock(db: Db, orgId: string, longestWaitMs = longestRoundMs): Promise<void> {
  if (longestWaitMs <= 0) {
    const [lock] = await tryFoldLock(db, orgId)
    if (!lock?.locked) throw new Busy()
    return
  }
  await db.query(sql`set local lock_timeout = ${raw(String(Math.ceil(longestWaitMs)))}`)
  try {
    await db.query(sql`select pg_advisory_xact_lock(${foldLock(orgId)})`)
  } catch (error) {
    throw isLockTimeout(error) ? new Busy() : error
  }
  await db.query(sql`set local lock_timeout to default`)
}
