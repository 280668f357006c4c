import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Sales } from "@/lib/rollups/fold/sql/tables"
import { classCount, classEnds, fewestToCompare, slowFrom } from "@/lib/rollups/speeds/classes"

/** Sales that went through at once. What fails may take as long as a timeout, and says nothing of speed. */
const isTimed = sql`
  duration_ms is not null and outcome = 'approved' and not is_retry and entry_mode <> 'ecommerce'`

export type Speeds = { store_id: number; dimension: string; value: string; counts: number[] }

const counts = raw(
  Array.from({ length: classCount }, (_, i) => `count(*) filter (where s.class = ${i})`).join(", "),
)

/** How many sales of each store fall into each class of durations: all, and by what they went through. */
export const countSpeeds = (db: Db, sales: Sales) =>
  db.query<Speeds>(sql`
    select s.store_id, g.dimension, g.value, array[${counts}]::int[] as counts
      from (select *, width_bucket(duration_ms, ${[...classEnds]}::int[]) as class
              from ${sales} where ${isTimed}) s
      left join terminal_state st on st.terminal_id = s.terminal_id
     cross join lateral (
       values ('store', ''), ('issuer', s.issuer), ('release', s.release), ('acquirer', s.acquirer),
              ('carrier', coalesce(st.carrier, ''))) as g (dimension, value)
     where g.dimension = 'store' or g.value <> ''
     group by 1, 2, 3`)

export type SlowSales = { terminal_id: number; slow: number; timed: number }

/**
 * Each terminal's sales, and how many of them were slower than 95 % of the fleet's sales of the same acquirer
 * and entry mode on that day. So a slow day of an acquirer makes no terminal slow.
 */
export const countSlow = (db: Db, sales: Sales) =>
  db.query<SlowSales>(sql`
    with timed as (
      select terminal_id, acquirer, entry_mode, duration_ms from ${sales} where ${isTimed}),
    usual as (
      select acquirer, entry_mode,
             percentile_disc(${slowFrom}::float8) within group (order by duration_ms) as most
        from timed
       group by 1, 2
      having count(*) >= ${fewestToCompare}::int)
    select t.terminal_id, (count(*) filter (where t.duration_ms > u.most))::int as slow,
           count(*)::int as timed
      from timed t
      join usual u using (acquirer, entry_mode)
     group by 1`)
