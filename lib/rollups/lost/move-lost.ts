import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"

/**
 * Makes the lost sales of these terminals' days those of their verdicts, and moves the sums of stores and
 * organisation by the difference.
 */
export const moveLost = (db: Db, of: readonly { terminalId: number; day: Day }[]) =>
  db.query(sql`
  with touched as (
    select distinct terminal_id, day
      from unnest(${of.map(({ terminalId }) => terminalId)}::bigint[], ${of.map(({ day }) => day)}::date[])
        as t (terminal_id, day)),
  counted as (
    select v.org_id, v.terminal_id, v.store_id, t.day, v.cause, v.currency, 1 as sales, v.lost_minor
      from touched t
      join verdict v on v.terminal_id = t.terminal_id and v.happened_at >= t.day - interval '14 hours'
       and v.happened_at < t.day + interval '38 hours' and v.lost_minor is not null
      join store s on s.id = v.store_id and (v.happened_at at time zone s.time_zone)::date = t.day
    union all
    select l.org_id, l.terminal_id, l.store_id, l.day, l.cause, l.currency, -l.sales, -l.lost_minor
      from touched t
      join lost_day l on l.terminal_id = t.terminal_id and l.day = t.day),
  change as (
    select org_id, terminal_id, store_id, day, cause, currency, sum(sales) as sales,
           sum(lost_minor) as lost_minor
      from counted
     group by 1, 2, 3, 4, 5, 6
    having sum(sales) <> 0 or sum(lost_minor) <> 0)
  insert into lost_day as l (org_id, terminal_id, store_id, day, cause, currency, sales, lost_minor)
  select c.org_id, p.terminal_id, p.store_id, c.day, c.cause, c.currency, sum(c.sales)::int,
         sum(c.lost_minor)::bigint
    from change c
   cross join lateral (
     values (c.terminal_id, c.store_id), (0, c.store_id), (0, 0)) as p (terminal_id, store_id)
   group by 1, 2, 3, 4, 5, 6
   order by 2, 1, 3, 4, 5, 6
  on conflict (terminal_id, org_id, store_id, day, cause, currency) do update
     set sales = l.sales + excluded.sales, lost_minor = l.lost_minor + excluded.lost_minor`)
