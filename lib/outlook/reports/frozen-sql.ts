import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import type { Frozen, WeeklyFigures } from "@/lib/outlook/reports/schemas"
import { lateDays, type Week } from "@/lib/outlook/reports/week"

type Row = {
  frozen_at: Date
  code_tables: Frozen["codeTables"]
  evidence_version: number
  figures: WeeklyFigures
}

export const frozenReports = (db: Db, { from }: Week) =>
  db.query<Row>(sql`
  select frozen_at, code_tables, evidence_version, figures
    from frozen_report
   where org_id = ${ownOrg} and week_from = ${from}::date`)

/**
 * Organisations of which the last week that is to be frozen is not, with its Monday. Those whose records are
 * still being made or imported are left out.
 */
export const organisationsToFreeze = (db: Db, now: Date) =>
  db.query<{ id: string; zone: string; monday: Day }>(sql`
  select o.id, o.time_zone as zone, last.monday
    from organisation o
   cross join lateral (
     select date_trunc('week', (${now}::timestamptz at time zone o.time_zone)
                               - ${lateDays}::int * interval '1 day')::date - 7 as monday) last
   where coalesce(o.demo_progress_pct, 100) = 100
     and not exists (select 1 from frozen_report f where f.org_id = o.id and f.week_from = last.monday)
     and not exists (select 1 from import_run r where r.org_id = o.id and r.state in ('queued', 'running'))
   order by o.id`)

type WorkedOut = {
  /** The last day whose opening hours are booked. */
  hours_until: Day | null
  /** When the oldest batch came in whose failed sales were not looked up. */
  unlooked_since: Date | null
  /** Since when the longest waiting failed sale is to be judged. */
  unjudged_since: Date | null
}

/** What is worked out of an organisation's records, after the fold and its nights. */
export const workedOut = (db: Db, orgId: string) =>
  db.query<WorkedOut>(sql`
  select (select max(day) from availability_day
           where org_id = ${orgId}::uuid and terminal_id = 0 and store_id = 0) as hours_until,
         (select min(received_at) from ingest_batch
           where org_id = ${orgId}::uuid and kind = 'transaction' and folded_at is not null
             and judged_at is null) as unlooked_since,
         (select min(due_at) from verdict where org_id = ${orgId}::uuid) as unjudged_since`)

/** Whether the organisation has records of the week. */
export const hasRecords = (db: Db, { from, to }: Week) =>
  db.query<{ has: boolean }>(sql`
  select exists (
    select 1 from place_day
     where org_id = ${ownOrg} and store_id = 0 and day >= ${from}::date and day < ${to}::date) as has`)

type Writing = Row & { orgId: string; week: Week }

/** No row if the report is frozen already. */
export const insertReport = (db: Db, { orgId, week, ...row }: Writing) =>
  db.query<{ week_from: string }>(sql`
  insert into frozen_report (org_id, week_from, frozen_at, code_tables, evidence_version, figures)
  values (${orgId}::uuid, ${week.from}::date, ${row.frozen_at}::timestamptz,
          ${JSON.stringify(row.code_tables)}::json, ${row.evidence_version}::int,
          ${JSON.stringify(row.figures)}::json)
  on conflict do nothing
  returning week_from`)

/** Reports are kept as long as the days that they are about. */
export const deleteOldReports = (db: Db) =>
  db.query(sql`
  delete from frozen_report f
   using organisation o
   where o.id = f.org_id and f.week_from < (now() - o.day_retention_years * interval '1 year')::date`)
