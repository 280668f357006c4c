import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { mostCounted } from "@/lib/base/pages/count"
import type { Day } from "@/lib/base/time/zone"
import type { QualityKind } from "@/lib/outlook/data-quality/words"

/** What is no terminal's and no store's: codes, rejected records, and records of a week that came again. */
export const countOthers = (db: Db, today: Day) =>
  db.query<{ unmapped: number; quarantined: number; duplicates: number }>(sql`
  select (select count(*)::int from unmapped_code) as unmapped,
         (select count(*)::int
            from (select 1 from quarantine
                   where resolved_at is null and discarded_at is null limit ${mostCounted + 1}::int) q)
           as quarantined,
         (select coalesce(sum(count), 0)::int from data_quality_day
           where org_id = ${ownOrg} and kind = 'duplicates' and day > ${today}::date - 7) as duplicates`)

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
