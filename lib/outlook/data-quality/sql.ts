import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { countRows } from "@/lib/base/pages/count"
import type { Day } from "@/lib/base/time/zone"
import type { QualityKind } from "@/lib/outlook/data-quality/words"

export const countQuarantined = (db: Db) =>
  countRows(db, sql`select 1 from quarantine where resolved_at is null and discarded_at is null`)

export const countUnmapped = (db: Db) => countRows(db, sql`select 1 from unmapped_code`)

/** Records that came again within a week. */
export const countDuplicates = (db: Db, today: Day) =>
  db.query<{ count: number }>(sql`
  select coalesce(sum(count), 0)::int as count
    from data_quality_day
   where org_id = ${ownOrg} and kind = 'duplicates' and day > ${today}::date - 7`)

type QualityDay = { kind: QualityKind; on: Day; count: number }
const shownDays = 56

export const shownCounts = (db: Db, today: Day) =>
  db.query<QualityDay>(sql`
  select kind, day as on, count
    from data_quality_day
   where org_id = ${ownOrg} and day > ${today}::date - ${shownDays}::int
   order by day`)

/** Organisations whose day has not been counted yet. */
export const organisationsToCount = (db: Db, now: Date) =>
  db.query<{ id: string; today: Day }>(sql`
  select o.id, (${now}::timestamptz at time zone o.time_zone)::date as today
    from organisation o
   where coalesce(o.demo_progress_pct, 100) = 100
     and not exists (select from data_quality_day d
                      where d.org_id = o.id and d.kind = 'pending'
                        and d.day = (${now}::timestamptz at time zone o.time_zone)::date)
   order by o.id`)

type Counted = { kind: QualityKind; count: number }

export const insertCounts = (db: Db, { today, counts }: { today: Day; counts: readonly Counted[] }) =>
  db.query(sql`
  insert into data_quality_day (org_id, day, kind, count)
  select ${ownOrg}, ${today}::date, g.kind, g.count
    from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as g (kind text, count int)
  on conflict do nothing`)

export const deleteOldCounts = (db: Db, today: Day) =>
  db.query(sql`
  delete from data_quality_day where org_id = ${ownOrg} and day <= ${today}::date - ${shownDays}::int`)
