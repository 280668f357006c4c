import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Judging } from "@/lib/insight/verdicts/context-sql"
import type { Kind } from "@/lib/insight/verdicts/kind"

/** Failed sales of one kind that count once: no retries. */
const counts = sql`not v.is_retry`

export type OfStore = {
  terminalId: number
  storeId: number
  day: string
  kind: Kind
  operator: string
  failures: number
}

type Days = { orgId: string; first: string; last: string }

const inDays = ({ orgId, first, last }: Days): Sql => sql`
  v.org_id = ${orgId}::uuid and v.happened_at >= ${first}::date - interval '14 hours'
  and v.happened_at < ${last}::date + interval '38 hours'`

/** Failures by terminal, store-local day, kind and operator, of the terminals and stores of these sales. */
export const failuresOfStores = (db: Db, judging: Judging, days: Days) =>
  db.query<OfStore>(sql`
  select v.terminal_id as "terminalId", v.store_id as "storeId",
         (v.happened_at at time zone s.time_zone)::date::text as day, v.kind, v.operator,
         count(*)::int as failures
    from verdict v
    join (select distinct store_id from ${judging}) j on j.store_id = v.store_id
    join store s on s.id = v.store_id
   where ${inDays(days)} and ${counts}
   group by 1, 2, 3, 4, 5`)

export type Volume = {
  terminalId: number
  storeId: number
  day: string
  presentments: number
  chipReads: number
  chipErrors: number
  tapReads: number
  tapErrors: number
  swipeReads: number
  swipeErrors: number
}

/** Sales and reads by store-local day, of the terminals of these sales. */
export const volumesOfStores = (db: Db, judging: Judging, { orgId, first, last }: Days) =>
  db.query<Volume>(sql`
  select d.terminal_id as "terminalId", d.store_id as "storeId", d.day::text as day, d.presentments,
         coalesce(d.chip_reads, 0) as "chipReads", coalesce(d.chip_failures, 0) as "chipErrors",
         coalesce(d.tap_reads, 0) as "tapReads", coalesce(d.tap_failures, 0) as "tapErrors",
         coalesce(d.swipe_reads, 0) as "swipeReads", coalesce(d.swipe_failures, 0) as "swipeErrors"
    from terminal_day d
    join (select distinct terminal_id, store_id from ${judging}) j
      on j.terminal_id = d.terminal_id and j.store_id = d.store_id
   where d.org_id = ${orgId}::uuid and d.day >= ${first}::date and d.day <= ${last}::date`)

export type PlaceVolume = Omit<Volume, "terminalId">

/** Sales and reads by store and day. Store 0 is the whole organisation. */
export const volumesOfPlaces = (db: Db, judging: Judging, { orgId, first, last }: Days) =>
  db.query<PlaceVolume>(sql`
  select store_id as "storeId", day::text as day, sum(presentments)::int as presentments,
         sum(chip_reads)::int as "chipReads", sum(chip_failures)::int as "chipErrors",
         sum(tap_reads)::int as "tapReads", sum(tap_failures)::int as "tapErrors",
         sum(swipe_reads)::int as "swipeReads", sum(swipe_failures)::int as "swipeErrors"
    from place_day
   where org_id = ${orgId}::uuid and day >= ${first}::date and day <= ${last}::date
     and (store_id = 0 or store_id in (select store_id from ${judging}))
   group by 1, 2`)

export type SegmentVolume = {
  dimension: "operator" | "issuer" | "acquirer"
  value: string
  day: string
  presentments: number
}

/** Sales by operator, by issuer and by acquirer, by day. */
export const volumesOfSegments = (db: Db, judging: Judging, { orgId, first, last }: Days) =>
  db.query<SegmentVolume>(sql`
  select dimension, value, day::text as day, sum(presentments)::int as presentments
    from (
      select dimension, value, day, presentments from segment_day
       where org_id = ${orgId}::uuid and dimension = 'operator' and day >= ${first}::date
         and day <= ${last}::date and store_id in (select store_id from ${judging}) and value <> ''
      union all
      select dimension, left(value, 6), day, presentments from segment_day
       where org_id = ${orgId}::uuid and dimension in ('issuer', 'acquirer') and day >= ${first}::date
         and day <= ${last}::date and store_id = 0 and value <> '') g
   group by 1, 2, 3`)

export type OfAll = { day: string; kind: Kind; issuer: string; failures: number }

/** Failures of the organisation by day and kind, in all, by issuer, and by model and release. */
export const failuresOfAll = (db: Db, { days }: { days: Days }) =>
  db.query<OfAll>(sql`
  select (v.happened_at at time zone s.time_zone)::date::text as day, v.kind, v.issuer,
         count(*)::int as failures
    from verdict v
    join store s on s.id = v.store_id
   where ${inDays(days)} and ${counts}
   group by 1, 2, 3`)

export type OfGroup = {
  model: string
  release: string
  day: string
  kind: Kind | ""
  count: number
  terminals: number
}

/** Read failures and sales by model and release of the firmware or app. An empty kind counts sales. */
export const countsOfReleases = (db: Db, { days }: { days: Days }) =>
  db.query<OfGroup>(sql`
  with member as (
    select n.id as terminal_id, coalesce(n.model_id::text, '') as model, r.release
      from terminal n
      join terminal_state st on st.terminal_id = n.id
     cross join lateral (values ('firmware:' || st.firmware), ('app:' || st.app)) as r (release)
     where n.org_id = ${days.orgId}::uuid and r.release is not null)
  select m.model, m.release, (v.happened_at at time zone s.time_zone)::date::text as day, v.kind,
         count(*)::int as count, count(distinct v.terminal_id)::int as terminals
    from verdict v
    join member m on m.terminal_id = v.terminal_id
    join store s on s.id = v.store_id
   where ${inDays(days)} and ${counts} and v.kind in ('chip', 'contactless', 'magstripe', 'format')
   group by 1, 2, 3, 4
  union all
  select m.model, m.release, d.day::text, '', sum(d.presentments)::int, count(*)::int
    from terminal_day d
    join member m on m.terminal_id = d.terminal_id
   where d.org_id = ${days.orgId}::uuid and d.day >= ${days.first}::date and d.day <= ${days.last}::date
   group by 1, 2, 3`)

export type TerminalReleases = {
  terminalId: number
  model: string
  firmware: string | null
  app: string | null
}

export const releasesOf = (db: Db, judging: Judging) =>
  db.query<TerminalReleases>(sql`
  select n.id as "terminalId", coalesce(n.model_id::text, '') as model, st.firmware, st.app
    from (select distinct terminal_id from ${judging}) j
    join terminal n on n.id = j.terminal_id
    left join terminal_state st on st.terminal_id = n.id`)

export type Minutes = {
  quarter: Date
  kind: Kind
  storeId: number
  terminalId: number
  issuer: string
  acquirerId: number | null
  failures: number
}

/** Failures by quarter of an hour: where something is down, they come together. */
export const failuresByQuarter = (db: Db, { orgId, from, to }: { orgId: string; from: Date; to: Date }) =>
  db.query<Minutes>(sql`
  select date_bin('15 min', v.happened_at, timestamptz 'epoch') as quarter, v.kind, v.store_id as "storeId",
         v.terminal_id as "terminalId", v.issuer, v.acquirer_id as "acquirerId", count(*)::int as failures
    from verdict v
   where v.org_id = ${orgId}::uuid and v.happened_at >= ${from}::timestamptz
     and v.happened_at < ${to}::timestamptz and ${counts}
   group by 1, 2, 3, 4, 5, 6`)

export type HourSales = {
  storeId: number
  terminalId: number
  hour: Date
  presentments: number
  failures: number
}

/** Sales by store and hour, and of the terminals of these sales. Store 0 is the whole organisation. */
export const salesByHour = (
  db: Db,
  judging: Judging,
  { orgId, from, to }: { orgId: string; from: Date; to: Date },
) =>
  db.query<HourSales>(sql`
  select store_id as "storeId", 0 as "terminalId", hour, sum(presentments)::int as presentments,
         sum(failures)::int as failures
    from place_hour
   where org_id = ${orgId}::uuid and hour >= ${from}::timestamptz - interval '1 hour'
     and hour < ${to}::timestamptz and (store_id = 0 or store_id in (select store_id from ${judging}))
   group by 1, 3
  union all
  select h.store_id, h.terminal_id, h.hour, h.presentments, h.failures
    from (select distinct terminal_id from ${judging}) j
    join terminal_hour h on h.terminal_id = j.terminal_id
   where h.hour >= ${from}::timestamptz - interval '1 hour' and h.hour < ${to}::timestamptz`)
