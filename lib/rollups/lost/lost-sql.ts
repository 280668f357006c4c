import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import type { Difference } from "@/lib/rollups/fold/sql/differences"

type OneDay = { orgId: string; day: Day }

/** What the verdicts of a day say was lost, by terminal, of stores and of the organisation. */
const counted = ({ orgId, day }: OneDay): Sql => sql`
  select p.terminal_id, p.store_id, v.cause, v.currency, count(*)::int as sales,
         sum(v.lost_minor)::bigint as lost_minor
    from verdict v
    join store s on s.id = v.store_id and (v.happened_at at time zone s.time_zone)::date = ${day}::date
   cross join lateral (
     values (v.terminal_id, v.store_id), (0, v.store_id), (0, 0)) as p (terminal_id, store_id)
   where v.org_id = ${orgId}::uuid and v.lost_minor is not null
     and v.happened_at >= ${day}::date - interval '14 hours'
     and v.happened_at < ${day}::date + interval '38 hours'
   group by 1, 2, 3, 4`

/** Where a day's lost sales are not those of its verdicts. */
export const lostDifferences = (db: Db, one: OneDay) =>
  db.query<Difference>(sql`
    with counted as (${counted(one)}),
    stored as (
      select terminal_id, store_id, cause, currency, sales, lost_minor
        from lost_day
       where org_id = ${one.orgId}::uuid and day = ${one.day}::date and (sales <> 0 or lost_minor <> 0))
    select 'lost_day' as table, d.name as column, d.stored::text, d.recounted::text,
           concat('terminal_id ', terminal_id, ', day ', ${one.day}::text, ', store_id ', store_id,
                  ', cause ', cause, ', currency ', currency) as key
      from stored s
      full join counted c using (terminal_id, store_id, cause, currency)
     cross join lateral (
       values ('sales', s.sales::bigint, c.sales::bigint),
              ('lost_minor', s.lost_minor, c.lost_minor)) as d (name, stored, recounted)
     where d.stored is distinct from d.recounted
     order by key, d.name`)

export const clearLost = (db: Db, { orgId, day }: OneDay) =>
  db.query(sql`delete from lost_day where org_id = ${orgId}::uuid and day = ${day}::date`)

export const insertLost = (db: Db, one: OneDay) =>
  db.query(sql`
    insert into lost_day (org_id, terminal_id, store_id, day, cause, currency, sales, lost_minor)
    select ${one.orgId}::uuid, terminal_id, store_id, ${one.day}::date, cause, currency, sales, lost_minor
      from (${counted(one)}) c`)
