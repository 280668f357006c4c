import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { dimensions } from "@/lib/rollups/fold/sql/columns"

type Days = { orgId: string; firstDay: string; lastDay: string }

const tallies = `count(*) filter (where not s.is_retry)::int as presentments, count(*) filter (where not s.is_retry and s.failed)::int as failures,
  count(*)::int as raw_attempts, count(*) filter (where s.failed)::int as raw_failures`

const dimensionValues = `(values ${Object.entries(dimensions)
  .map(([name, column]) => `('${name}', s.${column})`)
  .join(", ")}) as g (dimension, value)`

/** Takes `segment_day` of the touched store-days out, and puts in what `sale` makes of them; `segment_change` holds the difference. */
export const replaceSegments = async (db: Db, { orgId, firstDay, lastDay }: Days): Promise<void> => {
  await db.query(sql`
    with taken_out as (
      delete from segment_day g
       using (select distinct store_id, day from touched where has_sales) t
       where g.org_id = ${orgId}::uuid and g.store_id = t.store_id and g.day = t.day
         and g.day >= ${firstDay}::date and g.day <= ${lastDay}::date
      returning g.*)
    insert into segment_change
    select org_id, store_id, day, dimension, value, cause, subcause, -presentments, -failures, -raw_attempts, -raw_failures from taken_out`)
  await db.query(sql`
    with put_in as (
      insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments, failures, raw_attempts, raw_failures)
      select ${orgId}::uuid, s.store_id, s.day, g.dimension, g.value, s.cause, s.subcause, ${raw(tallies)}
        from sale s
        join (select distinct store_id, day from touched where has_sales) t using (store_id, day)
       cross join lateral ${raw(dimensionValues)}
       group by 2, 3, 4, 5, 6, 7
       order by 1, 2, 4, 3, 5, 6, 7
      returning *)
    insert into segment_change select * from put_in`)
}

/** Adds `new_sale` to `segment_day`, but for store-days that were just replaced: those have these sales in them already. */
export const addToSegments = (db: Db, orgId: string) =>
  db.query(sql`
  with added as (
    select ${orgId}::uuid as org_id, s.store_id, s.day, g.dimension, g.value, s.cause, s.subcause, ${raw(tallies)}
      from new_sale s
     cross join lateral ${raw(dimensionValues)}
     where not exists (select 1 from touched t where t.has_sales and t.store_id = s.store_id and t.day = s.day)
     group by 2, 3, 4, 5, 6, 7),
  put_in as (
    insert into segment_day as r (org_id, store_id, day, dimension, value, cause, subcause, presentments, failures, raw_attempts, raw_failures)
    select * from added order by org_id, store_id, dimension, day, value, cause, subcause
    on conflict (org_id, store_id, dimension, day, value, cause, subcause) do update
       set presentments = r.presentments + excluded.presentments, failures = r.failures + excluded.failures,
           raw_attempts = r.raw_attempts + excluded.raw_attempts, raw_failures = r.raw_failures + excluded.raw_failures)
  insert into segment_change select * from added`)

/** Temporary table `segment_change`: what was taken out counts negative, what was put in positive. */
export const beginSegmentChange = (db: Db) =>
  db.query(sql`create temporary table segment_change (like segment_day) on commit drop`)

/** Moves the organisation's rows (store 0) by `segment_change`, so that they stay plain sums of the stores'. */
export const moveOrganisationSegments = async (db: Db, orgId: string): Promise<void> => {
  await db.query(sql`
    insert into segment_day as g (org_id, store_id, day, dimension, value, cause, subcause, presentments, failures, raw_attempts, raw_failures)
    select org_id, 0, day, dimension, value, cause, subcause, sum(presentments), sum(failures), sum(raw_attempts), sum(raw_failures)
      from segment_change
     group by 1, 3, 4, 5, 6, 7
    having sum(presentments) <> 0 or sum(failures) <> 0 or sum(raw_attempts) <> 0 or sum(raw_failures) <> 0
     order by 1, 4, 3, 5, 6, 7
    on conflict (org_id, store_id, dimension, day, value, cause, subcause) do update
       set presentments = g.presentments + excluded.presentments, failures = g.failures + excluded.failures,
           raw_attempts = g.raw_attempts + excluded.raw_attempts, raw_failures = g.raw_failures + excluded.raw_failures`)
  await db.query(sql`
    delete from segment_day g
     using (select distinct day, dimension, value, cause, subcause from segment_change where raw_attempts < 0) c
     where g.org_id = ${orgId}::uuid and g.store_id = 0 and g.day = c.day and g.dimension = c.dimension
       and g.value = c.value and g.cause = c.cause and g.subcause = c.subcause and g.raw_attempts = 0`)
}
