import sql, { type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import type { PartLives, Trends } from "@/lib/insight/trends/signals"
import type { Week } from "@/lib/insight/trends/weeks"

/** `last`: the Monday of the last week that is over; `settled`: of the last one that was taken in. */
export type DueRow = PartLives & { id: number; last: Day; settled: Day | null }

type Slice = { orgId: string; now: Date; limit: number }

/** The Monday of the last week that is over in store `s`: two hours after its last day. */
const lastWeek = (now: Date): Sql => sql`(date_trunc('week', (${now}::timestamptz - interval '2 hours')
           at time zone s.time_zone) - interval '7 days')::date`

/** Terminals in service whose last store-local week is not in their weeks yet, the longest behind first. */
export const dueTerminals = (db: Db, { orgId, now, limit }: Slice) =>
  db.query<DueRow>(sql`
  select st.terminal_id as id, ${lastWeek(now)} as last, w.week as settled,
         m.printer_head_km as "printerHeadKm", m.chip_insertions as "chipInsertions"
    from terminal_state st
    join terminal_status u on u.terminal_id = st.terminal_id and u.to_at is null and u.status = 'active'
    join terminal_store p on p.terminal_id = st.terminal_id and p.to_at is null
    join store s on s.id = p.store_id
    join terminal t on t.id = st.terminal_id
    left join terminal_model m on m.id = t.model_id
    left join terminal_wear w on w.terminal_id = st.terminal_id
   where st.org_id = ${orgId}::uuid
     and (w.week is null or w.week < ${lastWeek(now)})
   order by w.week nulls first, st.terminal_id
   limit ${limit}::int`)

/** The weeks that are kept of terminals. */
export const keptWeeksOf = (db: Db, ids: readonly number[]) =>
  db.query<{ id: number; weeks: Week[] }>(sql`
  select terminal_id as id, weeks from terminal_wear where terminal_id = any(${[...ids]}::bigint[])`)

export type WeekRow = Week & { id: number }

/**
 * Weeks of terminals from a Monday on: medians of their days, and what the counters added. A signal counts
 * only at the store where the terminal is now.
 */
export const weeksOf = (db: Db, { ids, from }: { ids: readonly number[]; from: Day }) =>
  db.query<WeekRow>(sql`
  select d.id, date_trunc('week', d.day)::date as week,
         percentile_cont(.5) within group (order by d.battery) as battery,
         percentile_cont(.5) within group (order by d.storage) as storage,
         percentile_cont(.5) within group (order by d.signal) as signal,
         sum(d.lines)::bigint as "printerLines", sum(d.reads)::bigint as "chipReads"
    from (
      select n.terminal_id as id, n.day, min(n.battery_health_min_pct) as battery,
             max(n.storage_max_pct) as storage,
             sum(n.signal_sum_mdbm) filter (where p.store_id is not null)::float8 / 1000
               / nullif(sum(n.signal_count) filter (where p.store_id is not null), 0) as signal,
             sum(n.printer_lines) as lines, sum(n.chip_reads) as reads
        from terminal_day n
        left join terminal_store p on p.terminal_id = n.terminal_id and p.store_id = n.store_id
         and p.to_at is null
       where n.terminal_id = any(${[...ids]}::bigint[]) and n.day >= ${from}::date
       group by 1, 2) d
   group by 1, 2
   order by 1, 2`)

/** What the counters of terminals show now. */
export const countersOf = (db: Db, ids: readonly number[]) =>
  db.query<{ id: number; printerLines: number | null; chipReads: number | null }>(sql`
  select terminal_id as id, printer_lines as "printerLines", chip_reads as "chipReads"
    from terminal_tail where terminal_id = any(${[...ids]}::bigint[])`)

export type Wear = {
  id: number
  week: Day
  weeks: readonly Week[]
  trends: Trends
  signal: { level: number | null; drop: number | null }
}

export const writeWear = (db: Db, orgId: string, rows: readonly Wear[]) =>
  db.query(sql`
  insert into terminal_wear as w (terminal_id, org_id, week, weeks, trends, signal_dbm, signal_drop_db)
  select g.id, ${orgId}::uuid, g.week, g.weeks, g.trends, g.signal_dbm, g.signal_drop_db
    from jsonb_to_recordset(${JSON.stringify(
      rows.map(({ signal, ...row }) => ({
        ...row,
        signal_dbm: signal.level,
        signal_drop_db: signal.drop,
      })),
    )}::jsonb) as g (id bigint, week date, weeks jsonb, trends jsonb, signal_dbm real, signal_drop_db real)
   order by g.id
  on conflict (terminal_id) do update
     set week = excluded.week, weeks = excluded.weeks, trends = excluded.trends,
         signal_dbm = excluded.signal_dbm, signal_drop_db = excluded.signal_drop_db`)

/** What the vendor says of the parts of a terminal's model. No row if there is no such terminal. */
export const partLivesOf = (db: Db, id: number) =>
  db.query<PartLives>(sql`
  select m.printer_head_km as "printerHeadKm", m.chip_insertions as "chipInsertions"
    from terminal t
    left join terminal_model m on m.id = t.model_id
   where t.org_id = ${ownOrg} and t.id = ${id}::bigint`)

/** What is kept of a terminal. */
export const wearOf = (db: Db, id: number) =>
  db.query<{ weeks: Week[]; trends: Trends }>(sql`
  select weeks, trends from terminal_wear where org_id = ${ownOrg} and terminal_id = ${id}::bigint`)
