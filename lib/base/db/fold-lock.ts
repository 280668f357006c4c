import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** The key of an organisation's fold lock. Writing rollups or moving terminals needs the lock. */
export const foldLock = (orgId: string): Sql => sql`hashtextextended('fold:' || ${orgId}, 0)`

/** Takes the organisation's fold lock until the transaction ends, if it is free. */
export const tryFoldLock = (db: Db, orgId: string) =>
  db.query<{ locked: boolean }>(sql`select pg_try_advisory_xact_lock(${foldLock(orgId)}) as locked`)

/** Longer than a round of the fold takes, and than other statements of a screen may wait for a lock. */
const longestRound = sql`set local lock_timeout = '20s'`

/** Like `tryFoldLock`, but waits for the lock. */
export async function takeFoldLock(db: Db, orgId: string): Promise<void> {
  await db.query(longestRound)
  await db.query(sql`select pg_advisory_xact_lock(${foldLock(orgId)})`)
  await db.query(sql`set local lock_timeout to default`)
}
