import sql, { raw } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { DayRange } from "@/lib/base/time/range"
import { inReach, inStores, type Reading } from "@/lib/insight/rates/rows-sql"
import { sumOfClasses } from "@/lib/rollups/speeds/sum-of-classes"

export type SpeedRow = { value: string; label: string | null; counts: number[] }

/** Sales by class of their duration, by store or by a dimension that speeds are kept by. */
export const speedRows = (db: Db, reading: Reading & { range: DayRange }, dimension: string) => {
  const { days } = reading.range
  const byStore = dimension === "store"
  return db.query<SpeedRow>(sql`
    with classes as (
      select case when ${byStore}::boolean then r.store_id::text else r.value end as value,
             ${sumOfClasses(raw("r.counts"))} as counts
        from speed_day r
       where r.org_id = ${ownOrg} and r.dimension = ${dimension}
         and r.day >= ${days.first}::date and r.day <= ${days.last}::date
         and ${byStore ? inStores(reading) : inReach(reading)}
       group by 1)
    select c.value, coalesce(s.name, q.name) as label, c.counts
      from classes c
      left join store s on ${byStore}::boolean and s.id::text = c.value
      left join acquirer q on ${dimension === "acquirer"}::boolean and q.id::text = c.value
     order by c.value`)
}
