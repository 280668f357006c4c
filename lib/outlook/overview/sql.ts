import sql from "sql-template-tag"
import { hoursFrom } from "@/lib/base/db/kept"
import { ownOrg } from "@/lib/base/db/own-org"
import { statesOf } from "@/lib/base/db/states-of"
import type { Db } from "@/lib/base/db/transaction"
import type { OnlineState } from "@/lib/fleet/terminals/words"

/** Counting stops here; the overview then says "at least". */
const mostQuarantined = 10_000

export type Head = {
  demo_progress_pct: number | null
  pending: number
  unmapped: number
  quarantined: number
  last_received_at: Date | null
}

export const readHead = (db: Db) =>
  db.query<Head>(sql`
  select o.demo_progress_pct,
         (select count(*) from terminal_status where status = 'pending' and to_at is null) as pending,
         (select count(*) from unmapped_code) as unmapped,
         (select count(*)
           from (select from quarantine where resolved_at is null limit ${mostQuarantined}) q) as quarantined,
         -- A batch has records of many stores: an actor limited to some stores gets their terminals' time.
         case when app_store_ids() is null
              then (select max(received_at) from ingest_batch
                where id > (select coalesce(max(id), 0) - 1000 from ingest_batch))
              else (select max(last_received_at) from terminal_state) end as last_received_at
    from organisation o where o.id = ${ownOrg}`)

/** Active and pending terminals by online state. A terminal without a heartbeat is unknown. */
export const countStates = (db: Db) =>
  db.query<{ state: OnlineState; count: number }>(sql`
  select coalesce(st.online_state, 'unknown') as state, count(*) as count
    from terminal_status u
    left join ${statesOf} st on st.terminal_id = u.terminal_id
   where u.to_at is null and u.status in ('active', 'pending')
   group by 1`)

export type StoreRow = {
  id: number
  name: string
  merchant: string | null
  presentments: number
  failures: number
}

export const storeRates = (db: Db, { from, to }: { from: Date; to: Date }) =>
  db.query<StoreRow>(sql`
  select s.id, s.name, m.name as merchant, sum(h.presentments)::int as presentments,
         sum(h.failures)::int as failures
    from terminal_hour h
    join store s on s.id = h.store_id
    left join merchant m on m.id = s.merchant_id
   where h.org_id = ${ownOrg} and not s.is_unassigned
     and h.hour >= greatest(${from}::timestamptz, ${hoursFrom}) and h.hour < ${to}::timestamptz
   group by s.id, s.name, m.name
  having sum(h.failures) > 0`)
