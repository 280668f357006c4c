import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

const isWaiting = (orgId: string): Sql => sql`
  v.org_id = ${orgId}::uuid and v.is_of_card <> v.is_taken_back`

const localDay = sql`(v.happened_at at time zone s.time_zone)::date`

/** Days of terminals with failed reads of which verdicts say something else than the rollups. */
export const waitingCorrections = (db: Db, orgId: string) =>
  db.query<{ day: string; terminalIds: number[] }>(sql`
  select ${localDay}::text as day, array_agg(distinct v.terminal_id order by v.terminal_id) as "terminalIds"
    from verdict v
    join store s on s.id = v.store_id
   where ${isWaiting(orgId)}
   group by 1
   order by 1`)

/** Lets the fold count the failed reads of a day as verdicts say. */
export const takeBack = (
  db: Db,
  { orgId, day, terminalIds }: { orgId: string; day: string; terminalIds: readonly number[] },
) =>
  db.query(sql`
  update verdict v set is_taken_back = v.is_of_card
    from store s
   where ${isWaiting(orgId)} and v.terminal_id = any(${[...terminalIds]}::bigint[])
     and s.id = v.store_id and ${localDay} = ${day}::date`)
