import sql, { raw } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import { statesOf } from "@/lib/base/db/states-of"
import type { Db } from "@/lib/base/db/transaction"
import type { Days } from "@/lib/base/time/range"
import { isAsking } from "@/lib/fleet/catalogue/open-flags"
import { within } from "@/lib/fleet/catalogue/within"
import type { OnlineState } from "@/lib/fleet/terminals/words"
import { flagColumns, flagNames, type FlagRow } from "@/lib/insight/flags/flag-row"
import { fewestSales } from "@/lib/outlook/overview/words"

/** Counting stops here; the overview then says "at least". */
const mostQuarantined = 10_000

export type Head = {
  demo_progress_pct: number | null
  pending: number
  unmapped: number
  /** Whether a terminal was never evaluated, and when conditions were last found that must hold once more. */
  is_first_look: boolean
  candidates_at: Date | null
  quarantined: number
  last_received_at: Date | null
}

export const readHead = (db: Db, stores: readonly number[] | null) =>
  db.query<Head>(sql`
  select o.demo_progress_pct,
         (select count(*) from terminal_status
           where status = 'pending' and to_at is null ${within(sql`terminal_id`, stores)}) as pending,
         (select count(*) from unmapped_code) as unmapped,
         exists (select 1 from terminal_state where next_look_at = '-infinity' limit 1) as is_first_look,
         (select max(evaluated_at) from flag where status = 'candidate') as candidates_at,
         (select count(*)
           from (select 1 from quarantine where resolved_at is null
                  limit ${mostQuarantined}) q) as quarantined,
         -- A batch has records of many stores: an actor limited to some stores gets their terminals' time.
         case when app_store_ids() is null
              then (select max(received_at) from ingest_batch
                where id > (select coalesce(max(id), 0) - 1000 from ingest_batch))
              else (select max(last_received_at) from terminal_state
                     where true ${within(sql`terminal_id`, stores)}) end as last_received_at
    from organisation o where o.id = ${ownOrg}`)

/**
 * How many flags are open of each rule and kind, in each row, which is one of the newest flags of its kind.
 * flag_newest_idx has their order.
 */
export const openFlags = (db: Db, newest: number) =>
  db.query<FlagRow & { count: number }>(sql`
  with kinds as (
    select rule, kind, count(*)::int as count
      from flag f where org_id = ${ownOrg} and ${isAsking}
     group by 1, 2)
  select ${flagColumns}, k.count
    from kinds k
   cross join lateral (
     select * from flag f
      where org_id = ${ownOrg} and ${isAsking} and rule = k.rule and kind = k.kind
      order by opened_at desc, id desc
      limit ${newest}::int) f ${flagNames}
   order by f.rule, f.kind, f.opened_at desc, f.id desc`)

export type StateCount = { state: OnlineState; count: number }

/** Active terminals by online state. A terminal without a heartbeat is unknown. */
export const countStates = (db: Db, stores: readonly number[] | null) =>
  db.query<StateCount>(sql`
  select coalesce(st.online_state, 'unknown') as state, count(*) as count
    from terminal_status u
    left join ${statesOf} st on st.terminal_id = u.terminal_id
   where u.to_at is null and u.status = 'active' ${within(sql`u.terminal_id`, stores)}
   group by 1`)

const manyStores = 5_000

/** Whether there are so many stores that ranking them takes noticeably long. */
export const hasManyStores = (db: Db) =>
  db.query<{ many: boolean }>(sql`
  select count(*) > ${manyStores}::int as many
    from (select 1 from store where org_id = ${ownOrg} limit ${manyStores + 1}::int) s`)

export type StoreRow = {
  id: number
  name: string
  merchant: string | null
  presentments: number
  failures: number
}

// The lower end of Wilson's interval, as wilsonInterval computes it, times a constant. A test compares both.
const z2 = raw("3.841458820694124::float8")
const [f, n] = [raw("failures::float8"), raw("presentments::float8")]
const margin = sql`sqrt(${z2} * (${f} * (1 - ${f} / ${n}) + ${z2} / 4))`
const lowerEnd = sql`(${f} + ${z2} / 2 - ${margin}) / (${n} + ${z2})`

/** The stores with the highest lower ends, in this order. Those with few sales are not ranked. */
export const worstStores = (db: Db, { first, last }: Days, limit: number) =>
  db.query<StoreRow>(sql`
  select s.id, s.name, m.name as merchant, p.presentments, p.failures
    from (
      select store_id, sum(presentments)::int as presentments, sum(failures)::int as failures
        from place_day
       where org_id = ${ownOrg} and store_id <> 0 and day >= ${first}::date and day <= ${last}::date
       group by store_id
      having sum(failures) > 0 and sum(presentments) >= ${fewestSales}::int) p
    join store s on s.id = p.store_id
    left join merchant m on m.id = s.merchant_id
   where not s.is_unassigned
   order by ${lowerEnd} desc, s.id
   limit ${limit}::int`)
