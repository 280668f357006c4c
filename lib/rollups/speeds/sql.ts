import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Speeds } from "@/lib/rollups/speeds/count-speeds"
import { sumOfClasses } from "@/lib/rollups/speeds/sum-of-classes"

type OneDay = { orgId: string; day: string }

export const clearSpeeds = (db: Db, { orgId, day }: OneDay) =>
  db.query(sql`delete from speed_day where org_id = ${orgId}::uuid and day = ${day}::date`)

/** Adds to a day's counts by store, and to their sums of the organisation as store 0. */
export const addSpeeds = (db: Db, { orgId, day, speeds }: OneDay & { speeds: readonly Speeds[] }) =>
  db.query(sql`
    with given as (
      select g.store_id, g.dimension, g.value, g.counts::int[] as counts
        from unnest(${speeds.map(({ store_id: store }) => store)}::bigint[],
                    ${speeds.map(({ dimension }) => dimension)}::text[],
                    ${speeds.map(({ value }) => value)}::text[],
                    ${speeds.map(({ counts: own }) => own)}::text[])
             as g (store_id, dimension, value, counts))
    insert into speed_day (org_id, store_id, day, dimension, value, counts)
    select ${orgId}::uuid, p.store_id, ${day}::date, dimension, value, ${sumOfClasses(raw("counts"))}
      from given
     cross join lateral (values (given.store_id), (0)) as p (store_id)
     group by 2, 4, 5
        on conflict (org_id, store_id, dimension, day, value) do update
       set counts = (select array_agg(a + b order by class)
                       from unnest(speed_day.counts, excluded.counts) with ordinality as t (a, b, class))`)
