import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

const key = (orgId: string) => sql`hashtextextended('fold:' || ${orgId}, 0)`

/**
 * Takes the organisation's fold lock until the transaction ends, if it is free. Needed to write rollups, or
 * the assignments that the fold reads.
 */
export const tryFoldLock = (db: Db, orgId: string) =>
  db.query<{ locked: boolean }>(sql`select pg_try_advisory_xact_lock(${key(orgId)}) as locked`)

/** Like `tryFoldLock`, but waits for the lock. */
export const takeFoldLock = (db: Db, orgId: string) =>
  db.query(sql`select pg_advisory_xact_lock(${key(orgId)})`)
