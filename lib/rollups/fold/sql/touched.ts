import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { daysAfter } from "@/lib/base/time/days-after"
import { clockDays, lookBackBeats, lookBackDays } from "@/lib/base/time/look-back"
import type { Claim, Kept } from "@/lib/rollups/fold/sql/claim"
import type { ClaimedBeats, ClaimedSales, Disordered, Touched } from "@/lib/rollups/fold/sql/tables"
import { analyse, makeTemporary } from "@/lib/rollups/fold/sql/temporary"

const days = (count: number) => raw(`interval '${count} days'`)

/**
 * The terminal's next beats after beat `b`, as many as a day looks back at. The bounds of the claim follow
 * from the time of `b`, and let the planner leave out partitions.
 */
const beatsAfter = ({ from, to }: Claim) => sql`
  select next.happened_at
    from (
      (select h.at as happened_at
         from heartbeat h
        where h.terminal_id = b.terminal_id and h.clock_offset_ms = 0
          and h.at > b.happened_at and h.at < b.happened_at + ${days(lookBackDays + 2)}
          and h.at > ${daysAfter(from, -clockDays)}::timestamptz
          and h.at < ${daysAfter(to, lookBackDays + 2 + clockDays)}::timestamptz
        order by h.at
        limit ${lookBackBeats}::int)
      union all
      select h.at + h.clock_offset_ms * interval '1 ms'
        from heartbeat h
       where h.terminal_id = b.terminal_id and h.clock_offset_ms <> 0
         and h.at > b.happened_at - interval '7 days'
         and h.at < b.happened_at + ${days(lookBackDays + 2 + clockDays)}
         and h.at > ${daysAfter(from, -2 * clockDays)}::timestamptz
         and h.at < ${daysAfter(to, lookBackDays + 2 + 2 * clockDays)}::timestamptz
         and h.at + h.clock_offset_ms * interval '1 ms' > b.happened_at) next
   order by next.happened_at
   limit ${lookBackBeats}::int`

type Rows = {
  claim: Claim
  kept: Kept
  claimedBeats: ClaimedBeats
  claimedSales: ClaimedSales
  disordered: Disordered
}

const touchedDays = ({ claim, kept, claimedBeats, claimedSales, disordered }: Rows) => sql`
  with sale as (
    select h.terminal_id, h.at + h.clock_offset_ms * interval '1 ms' as happened_at
      from ${claimedSales} h
      join ${disordered} using (terminal_id)),
  beat as (
    select h.terminal_id, h.at + h.clock_offset_ms * interval '1 ms' as happened_at
      from ${claimedBeats} h
      join ${disordered} using (terminal_id)),
  -- A day that looks back at an earlier beat of the hour also looks back at the hour's last beat, or
  -- contains one of the two.
  last_beat as (
    select terminal_id, max(happened_at) as happened_at
      from beat
     group by terminal_id, date_bin('1 hour', happened_at, timestamptz 'epoch')),
  instant as (
    select terminal_id, happened_at, true as is_sale from sale
    union
    select terminal_id, happened_at + interval '180 s', true from sale
    union
    select terminal_id, happened_at, false from beat
    union
    select b.terminal_id, following.happened_at, false
      from last_beat b
     cross join lateral (${beatsAfter(claim)}) following),
  span as (
    select terminal_id, min(happened_at)::date - 1 as first_day, max(happened_at)::date + 1 as last_day
      from instant
     group by 1),
  booked as (
    select distinct d.terminal_id, d.store_id
      from span
      join terminal_day d on d.terminal_id = span.terminal_id
       and d.day between span.first_day and span.last_day
     where exists (
       select 1 from terminal_store p where p.terminal_id = d.terminal_id and p.store_id <> d.store_id)),
  place as (
    select i.terminal_id, p.store_id, i.happened_at, i.is_sale
      from instant i
      join terminal_store p on p.terminal_id = i.terminal_id and p.from_at <= i.happened_at
       and (p.to_at is null or i.happened_at < p.to_at)
    union all
    select i.terminal_id, booked.store_id, i.happened_at, i.is_sale
      from instant i
      join booked using (terminal_id))
  select i.terminal_id, s.id as store_id, s.org_id, s.time_zone, d.day, bool_or(i.is_sale) as has_sales
    from place i
    join store s on s.id = i.store_id
   cross join lateral (select (i.happened_at at time zone s.time_zone)::date as day) d
   where ${isRecountable(kept)}
   group by 1, 2, 3, 4, 5`

/** Whether the raw rows that day `d` of store `s` needs still exist. */
export const isRecountable = ({ raw_deleted_from: from, raw_deleted_before: before }: Kept) => sql`
  (${before}::timestamptz is null
   or d.day::timestamp at time zone s.time_zone
        >= ${before}::timestamptz + ${days(lookBackDays + clockDays)}
   or (d.day + 1)::timestamp at time zone s.time_zone <= ${from}::timestamptz - ${days(clockDays)})`

/**
 * The (terminal, store, store-local day) whose rollups the claimed rows of disordered terminals change. A
 * sale may turn a sale up to 180 s later into a retry. A beat changes the counter increments of each day that
 * looks back at it, across beats without the counter. If a terminal was moved with effect from the past, the
 * rollups at its former place are touched, too. A day that needs deleted raw rows is not recounted.
 */
export async function makeTouched(db: Db, rows: Rows): Promise<Touched> {
  const touched = await makeTemporary(db, "touched", touchedDays(rows))
  await indexTouched(db, touched)
  await analyse(db, touched)
  return touched
}

/** Every step joins on these three columns. */
export const indexTouched = (db: Db, touched: Touched) =>
  db.query(sql`create index on ${touched} (terminal_id, store_id, day)`)

/** The range of touched days, and of their instants with one day more on both sides. */
export type Bounds = { firstDay: string; lastDay: string; from: Date; to: Date }
type BoundsRow = { [Bound in keyof Bounds]: Bounds[Bound] | null }

/** Bounds for the next statements; null if nothing is touched. */
export async function boundsOf(db: Db, touched: Touched): Promise<Bounds | null> {
  const [row] = await db.query<BoundsRow>(sql`
    select (min(day) - 2)::timestamp at time zone 'UTC' as "from",
           (max(day) + 3)::timestamp at time zone 'UTC' as "to",
           min(day) as "firstDay", max(day) as "lastDay"
      from ${touched}`)
  if (!row?.from || !row.to || !row.firstDay || !row.lastDay) return null
  return { from: row.from, to: row.to, firstDay: row.firstDay, lastDay: row.lastDay }
}
