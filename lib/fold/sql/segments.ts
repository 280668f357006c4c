import sql from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"

/**
 * Replaces `segment_day` of the store-days in `sale`, and moves the organisation's rows (store 0) by the
 * difference: what was taken out counts negative, what was put in positive, so that both stay plain sums.
 */
export const replaceSegments = async (db: Db, orgId: string, { firstDay, lastDay }: { firstDay: string; lastDay: string }): Promise<void> => {
  await db.query(sql`create temporary table segment_change (like segment_day) on commit drop`)
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
      select ${orgId}::uuid, s.store_id, s.day, g.dimension, g.value, s.cause, s.subcause,
             count(*) filter (where not s.is_retry), count(*) filter (where not s.is_retry and s.failed),
             count(*), count(*) filter (where s.failed)
        from sale s
       cross join lateral (values
         ('code', s.code), ('model', s.model), ('release', s.release), ('acquirer', s.acquirer), ('issuer', s.issuer),
         ('entryMode', s.entry_mode), ('operator', s.operator)) as g (dimension, value)
       group by 2, 3, 4, 5, 6, 7
       order by 1, 2, 4, 3, 5, 6, 7
      returning *)
    insert into segment_change select * from put_in`)
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
     using (select distinct day from segment_change) c
     where g.org_id = ${orgId}::uuid and g.store_id = 0 and g.day = c.day and g.raw_attempts = 0
       and g.day >= ${firstDay}::date and g.day <= ${lastDay}::date`)
}
