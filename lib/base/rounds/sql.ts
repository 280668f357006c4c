import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

export type RoundLock = {
  round:
    | "states"
    | "detect"
    | "standings"
    | "nights"
    | "verdicts"
    | "wear"
    | "availability"
    | "rollouts"
    | "reports"
  orgId: string
}

/** The key of the lock that one worker holds while it is at a round's work on an organisation. */
const keyOf = ({ round, orgId }: RoundLock): Sql => sql`hashtextextended(${`${round}:${orgId}`}, 0)`

/** Takes it until the transaction ends, if it is free. */
export const tryRoundLock = (db: Db, lock: RoundLock) =>
  db.query<{ locked: boolean }>(sql`select pg_try_advisory_xact_lock(${keyOf(lock)}) as locked`)

/** Waits for it. */
export const takeRoundLock = (db: Db, lock: RoundLock) =>
  db.query(sql`select pg_advisory_xact_lock(${keyOf(lock)})`)
