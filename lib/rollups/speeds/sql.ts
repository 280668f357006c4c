import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Speeds } from "@/lib/rollups/speeds/count-speeds"

type OneDay = { orgId: string; day: string }

export const clearSpeeds = (db: Db, { orgId, day }: OneDay) =>
  db.query(sql`delete from speed_day where org_id = ${orgId}::uuid and day = ${day}::date`)

/** Inserts a day's counts by store, and their sums of the organisation as store 0. */
export const insertSpeeds = (db: Db, { orgId, day, speeds }: OneDay & { speeds: readonly Speeds[] }) =>
  db.query(sql`
    with given as (
      select g.store_id, g.dimension, g.value, u.place, sum(u.count)::int as count
        from unnest(${speeds.map(({ store_id: store }) => store)}::bigint[],
                    ${speeds.map(({ dimension }) => dimension)}::text[],
                    ${speeds.map(({ value }) => value)}::text[],
                    ${speeds.map(({ counts: own }) => `{${own.join(",")}}`)}::text[])
             as g (store_id, dimension, value, counts)
       cross join unnest(g.counts::int[]) with ordinality as u (count, place)
       group by 1, 2, 3, 4),
    every as (
      select * from given
      union all
      select 0, dimension, value, place, sum(count)::int from given group by 2, 3, 4)
    insert into speed_day (org_id, store_id, day, dimension, value, counts)
    select ${orgId}::uuid, store_id, ${day}::date, dimension, value, array_agg(count order by place)
      from every
     group by 2, 4, 5`)
