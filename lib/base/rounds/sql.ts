import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

export type RoundLock = {
  round: "states" | "detect" | "standings" | "nights" | "verdicts" | "wear"
  orgId: string
}

/** Held by the one worker that is at a round's work on an organisation, until its transaction ends. */
export const tryRoundLock = (db: Db, { round, orgId }: RoundLock) =>
  db.query<{ locked: boolean }>(sql`
  select pg_try_advisory_xact_lock(hashtextextended(${`${round}:${orgId}`}, 0)) as locked`)
