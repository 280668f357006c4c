import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** The key of the organisation's fold lock. Whoever writes rollups, or moves terminals between stores, holds the lock. */
export const foldLock = (orgId: string): Sql => sql`hashtextextended('fold:' || ${orgId}, 0)`

/** Takes the organisation's fold lock if it is free; held until the transaction ends. */
export const tryFoldLock = (db: Db, orgId: string) =>
  db.query<{ locked: boolean }>(sql`select pg_try_advisory_xact_lock(${foldLock(orgId)}) as locked`)

/** As `tryFoldLock`, but waits for it. */
export const takeFoldLock = (db: Db, orgId: string) =>
  db.query(sql`select pg_advisory_xact_lock(${foldLock(orgId)})`)
