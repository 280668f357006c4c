import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

const key = (orgId: string) => sql`hashtextextended('fold:' || ${orgId}, 0)`

/**
 * Takes the organisation's fold lock if it is free; held until the transaction ends. Whoever writes rollups
 * or what they are booked by holds it.
 */
export const tryFoldLock = (db: Db, orgId: string) =>
  db.query<{ locked: boolean }>(sql`select pg_try_advisory_xact_lock(${key(orgId)}) as locked`)

/** As `tryFoldLock`, but waits for it. */
export const takeFoldLock = (db: Db, orgId: string) =>
  db.query(sql`select pg_advisory_xact_lock(${key(orgId)})`)
