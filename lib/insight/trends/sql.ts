import sql, { type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import { fewestReceipts, receiptLines } from "@/lib/fleet/terminals/wear"
import type { PartLives, Trends } from "@/lib/insight/trends/signals"
import {
  keptWeeks,
  type AddedWeek,
  type Counters,
  type KeptWeek,
  type Week,
} from "@/lib/insight/trends/weeks"
import { resetBit } from "@/lib/rollups/fold/sql/columns"

/**
 * `last`: the Monday of the last week that is over; `settled`: of the last one that was taken in; `since`:
 * the day on which the terminal came to its store.
 */
export type DueRow = PartLives & { id: number; last: Day; settled: Day | null; since: Day }

/** A normal distribution's tenth percentile is so many standard deviations below its mean. */
const p10Deviations = 1.2816

/** What the vendor says of the parts of model `m`. */
const partLives = sql`
         m.printer_head_km as "printerHeadKm", m.chip_insertions as "chipInsertions", m.swipes`

type Slice = { orgId: string; now: Date; limit: number }

/** The Monday of the last week that is over in store `s`: two hours after its last day. */
const lastWeek = (now: Date): Sql => sql`(date_trunc('week', (${now}::timestamptz - interval '2 hours')
           at time zone s.time_zone) - interval '7 days')::date`

/** Terminals in service whose last store-local week is not in their weeks yet, the longest behind first. */
export const dueTerminals = (db: Db, { orgId, now, limit }: Slice) =>
  db.query<DueRow>(sql`
  select st.terminal_id as id, ${lastWeek(now)} as last, w.week as settled,
         (p.from_at at time zone s.time_zone)::date as since, ${partLives}
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
  db.query<{ id: number; weeks: KeptWeek[] }>(sql`
  select terminal_id as id, weeks from terminal_wear where terminal_id = any(${[...ids]}::bigint[])`)

/** The first day whose rollups have what wears out. Null if all have. */
export const wearFromOf = (db: Db, orgId: string) =>
  db.query<{ from: Day | null }>(sql`select wear_from as "from" from organisation where id = ${orgId}::uuid`)

export type WeekRow = AddedWeek & { id: number }
type OfWeeks = { ids: readonly number[]; from: Day; wearFrom: Day | null }

/**
 * Weeks of terminals from a Monday on: medians of their days, what the counters added, and which were reset.
 * A signal counts only at the store where the terminal is now. What nine tenths of a day's signals are above
 * follows from their mean and spread: dBm spread normally around their mean (log-normal shadowing).
 */
export const weeksOf = (db: Db, { ids, from, wearFrom }: OfWeeks) =>
  db.query<WeekRow>(sql`
  select d.id, date_trunc('week', d.day)::date as week,
         percentile_cont(.5) within group (order by d.battery) as battery,
         percentile_cont(.5) within group (order by d.storage) as storage,
         percentile_cont(.5) within group (order by d.signal - ${p10Deviations}::float8 * sqrt(
           case when d.square > d.signal ^ 2 then d.square - d.signal ^ 2
                when d.square is not null then 0 end)) as "signalP10",
         case when sum(d.printed) >= ${fewestReceipts * receiptLines}::int
              then (sum(d.errors) * 1000 * ${receiptLines}::int / sum(d.printed))::float8
          end as "printerErrors",
         sum(d.lines)::bigint as "printerLines", sum(d.reads)::bigint as "chipReads",
         sum(d.swipes)::bigint as "swipeReads", coalesce(bit_or(d.resets), 0) as resets
    from (
      select n.id, n.day, min(n.battery) as battery, max(n.storage) as storage,
             sum(n.signal_sum) filter (where is_here)::float8 / 1e3
               / nullif(sum(n.signal_count) filter (where is_here), 0) as signal,
             sum(n.squares) filter (where is_here and is_counted)::float8 / 1e6
               / nullif(sum(n.signal_count) filter (where is_here), 0) as square,
             sum(n.errors) filter (where is_counted and not is_reset) as errors,
             sum(n.lines) filter (where is_counted and not is_reset and n.errors is not null) as printed,
             sum(n.lines) as lines, sum(n.reads) as reads, sum(n.swipes) as swipes,
             bit_or(n.resets) as resets
        from (
          select n.terminal_id as id, n.day, n.battery_health_min_pct as battery,
                 n.storage_max_pct as storage, n.signal_sum_mdbm as signal_sum,
                 n.signal_squares as squares, n.signal_count,
                 bit_count(n.printer_error_hours::bit(64)) as errors, n.printer_lines as lines,
                 n.chip_reads as reads, n.swipe_reads as swipes, n.reset_counters as resets,
                 coalesce(n.reset_counters & ${resetBit("printer_lines")}::int, 0) <> 0 as is_reset,
                 p.store_id is not null as is_here,
                 n.day >= coalesce(${wearFrom}::date, '-infinity') as is_counted
            from terminal_day n
            left join terminal_store p on p.terminal_id = n.terminal_id and p.store_id = n.store_id
             and p.to_at is null
           where n.terminal_id = any(${[...ids]}::bigint[]) and n.day >= ${from}::date) n
       group by 1, 2) d
   group by 1, 2
   order by 1, 2`)

/** A terminal's last days on which counters were reset, with the bits of those. */
export const resetsOf = (db: Db, id: number) =>
  db.query<{ on: Day; bits: number }>(sql`
  select n.day as on, bit_or(n.reset_counters) as bits
    from terminal_day n
   where n.org_id = ${ownOrg} and n.terminal_id = ${id}::bigint and n.reset_counters <> 0
     and n.day > current_date - ${keptWeeks * 7}::int
   group by 1
   order by 1 desc
   limit 5`)

/** What the counters of terminals show now. */
export const countersOf = (db: Db, ids: readonly number[]) =>
  db.query<Counters & { id: number }>(sql`
  select terminal_id as id, printer_lines as "printerLines", chip_reads as "chipReads",
         swipe_reads as "swipeReads"
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
  select ${partLives}
    from terminal t
    left join terminal_model m on m.id = t.model_id
   where t.org_id = ${ownOrg} and t.id = ${id}::bigint`)

/** What is kept of a terminal. */
export const wearOf = (db: Db, id: number) =>
  db.query<{ weeks: KeptWeek[]; trends: Trends }>(sql`
  select weeks, trends from terminal_wear where org_id = ${ownOrg} and terminal_id = ${id}::bigint`)
