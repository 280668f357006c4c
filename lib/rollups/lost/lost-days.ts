import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"

/** The days from `from` on on which a store lost sales, by what was summed and by its zone now. */
export const lostDaysOf = (db: Db, { storeId, from }: { storeId: number; from: Day }) =>
  db.query<{ terminalId: number; day: Day }>(sql`
    select l.terminal_id as "terminalId", l.day
      from lost_day l
     where l.store_id = ${storeId}::bigint and l.terminal_id <> 0 and l.day >= ${from}::date
    union
    select v.terminal_id, (v.happened_at at time zone s.time_zone)::date
      from verdict v
      join store s on s.id = v.store_id
     where v.store_id = ${storeId}::bigint and v.lost_minor is not null
       and (v.happened_at at time zone s.time_zone)::date >= ${from}::date`)
