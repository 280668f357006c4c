import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Judging } from "@/lib/insight/verdicts/context-sql"
import { wideDays } from "@/lib/insight/verdicts/day-sums"
import type { FailureKind } from "@/lib/insight/verdicts/kind"

/** Failed sales that count: no retries, and none at which no card meets a terminal. */
const counts = sql`not v.is_retry and v.entry_mode <> 'ecommerce'`

export type OfStore = {
  terminalId: number
  storeId: number
  day: string
  kind: FailureKind
  operator: string
  failures: number
}

type Days = { orgId: string; first: string; last: string }

/** What these sales are of, with the days that they are compared with. */
const daysOf = (judging: Judging, name: "store_id" | "terminal_id, store_id"): Sql => sql`
  (select ${raw(name)}, min(day) - ${wideDays}::int as first, max(day) + ${wideDays}::int as last
     from ${judging}
    group by ${raw(name)}) j`

/** Failures by terminal, store-local day, kind and operator, of the terminals and stores of these sales. */
export const failuresOfStores = (db: Db, judging: Judging) =>
  db.query<OfStore>(sql`
  select v.terminal_id as "terminalId", v.store_id as "storeId",
         (v.happened_at at time zone s.time_zone)::date::text as day, v.kind, v.operator,
         count(*)::int as failures
    from ${daysOf(judging, "store_id")}
    join verdict v on v.store_id = j.store_id and v.happened_at >= j.first - interval '14 hours'
     and v.happened_at < j.last + interval '38 hours'
    join store s on s.id = v.store_id
   where ${counts}
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
export const volumesOfStores = (db: Db, judging: Judging) =>
  db.query<Volume>(sql`
  select d.terminal_id as "terminalId", d.store_id as "storeId", d.day::text as day,
         greatest(0, d.presentments - d.ecommerce) as presentments,
         coalesce(d.chip_reads, 0) as "chipReads", coalesce(d.chip_failures, 0) as "chipErrors",
         coalesce(d.tap_reads, 0) as "tapReads", coalesce(d.tap_failures, 0) as "tapErrors",
         coalesce(d.swipe_reads, 0) as "swipeReads", coalesce(d.swipe_failures, 0) as "swipeErrors"
    from ${daysOf(judging, "terminal_id, store_id")}
    join terminal_day d on d.terminal_id = j.terminal_id and d.store_id = j.store_id
     and d.day between j.first and j.last`)

export type PlaceVolume = Omit<Volume, "terminalId">

/** Sales and reads by store and day. Store 0 is the whole organisation. */
export const volumesOfPlaces = (db: Db, judging: Judging, { orgId, first, last }: Days) =>
  db.query<PlaceVolume>(sql`
  select store_id as "storeId", day::text as day,
         greatest(0, sum(presentments - ecommerce))::int as presentments,
         sum(chip_reads)::int as "chipReads", sum(chip_failures)::int as "chipErrors",
         sum(tap_reads)::int as "tapReads", sum(tap_failures)::int as "tapErrors",
         sum(swipe_reads)::int as "swipeReads", sum(swipe_failures)::int as "swipeErrors"
    from place_day
   where org_id = ${orgId}::uuid and day >= ${first}::date and day <= ${last}::date
     and (store_id = 0 or store_id in (select store_id from ${judging}))
   group by 1, 2`)

export type Segment = {
  dimension: "entryMode" | "operator" | "issuer" | "acquirer"
  value: string
  day: string
  subcause: string
  presentments: number
  failures: number
}

/**
 * Sales and failures by day and subcause: of the organisation by entry mode and acquirer, of these sales'
 * stores by operator, and on the days of these sales by their issuers.
 */
export const segmentsAround = (db: Db, judging: Judging, { orgId, first, last }: Days) =>
  db.query<Segment>(sql`
  with found as (
    select dimension, value, day, subcause, presentments, failures
      from segment_day
     where org_id = ${orgId}::uuid and store_id = 0 and dimension in ('entryMode', 'acquirer')
       and day between ${first}::date and ${last}::date
    union all
    select dimension, value, day, '', presentments, failures
      from segment_day
     where org_id = ${orgId}::uuid and store_id in (select store_id from ${judging})
       and dimension = 'operator' and day between ${first}::date and ${last}::date and value <> ''
    union all
    select dimension, left(value, 6), day, subcause, presentments, failures
      from segment_day
     where org_id = ${orgId}::uuid and store_id = 0 and dimension = 'issuer'
       and day in (select day from ${judging})
       and left(value, 6) in (select issuer from ${judging}) and value <> '')
  select dimension, value, day::text as day, subcause, sum(presentments)::int as presentments,
         sum(failures)::int as failures
    from found
   group by 1, 2, 3, 4`)

export type TerminalReleases = { terminalId: number; model: number | null; releases: string[] }

/** What the terminals of these sales run, as component:version. */
export const releasesOf = (db: Db, judging: Judging) =>
  db.query<TerminalReleases>(sql`
  select n.id as "terminalId", n.model_id as model,
         array_remove(array['os:' || st.os, 'firmware:' || st.firmware, 'app:' || st.app,
           'emvKernel:' || st.emv_kernel, 'securityPatch:' || st.security_patch], null) as releases
    from (select distinct terminal_id from ${judging}) j
    join terminal n on n.id = j.terminal_id
    left join terminal_state st on st.terminal_id = n.id`)

export type BadRelease = {
  model: number
  release: string
  component: string
  firstDay: string
  /** Null while it goes on. */
  lastDay: string | null
  observed: number
  expected: number
}

/** Releases of which the nights have found that they are bad. */
export const badReleases = (db: Db, { orgId, first }: Days) =>
  db.query<BadRelease>(sql`
  select model_id as model, value as release, component, first_on::text as "firstDay",
         case when closed_at is not null then last_on::text end as "lastDay", observed, expected
    from incident
   where org_id = ${orgId}::uuid and class = 'firmware' and component is not null
     and (closed_at is null or last_on >= ${first}::date)`)

export type Minutes = {
  quarter: Date
  kind: FailureKind
  storeId: number
  terminalId: number
  issuer: string
  acquirerId: number | null
  failures: number
}

/** Whole hours in which something may have been down while a sale failed, apart from each other. */
export type Windows = { from: Date[]; to: Date[] }

const inWindows = ({ from, to }: Windows): Sql => sql`
  unnest(${from}::timestamptz[], ${to}::timestamptz[]) as w (from_at, to_at)`

/** Failures by quarter of an hour: where something is down, they come together. */
export const failuresByQuarter = (db: Db, orgId: string, windows: Windows) =>
  db.query<Minutes>(sql`
  select date_bin('15 min', v.happened_at, timestamptz 'epoch') as quarter, v.kind, v.store_id as "storeId",
         v.terminal_id as "terminalId", v.issuer, v.acquirer_id as "acquirerId", count(*)::int as failures
    from ${inWindows(windows)}
    join verdict v on v.org_id = ${orgId}::uuid and v.happened_at >= w.from_at and v.happened_at < w.to_at
   where ${counts}
   group by 1, 2, 3, 4, 5, 6`)

export type HourSales = {
  storeId: number
  terminalId: number
  hour: Date
  presentments: number
  failures: number
}

const hoursOf = (judging: Judging, name: "store_id" | "terminal_id"): Sql => sql`
  (select distinct ${raw(name)}, date_bin('1 hour', happened_at, timestamptz 'epoch') as hour
     from ${judging}) j`

/**
 * Sales by hour of the organisation, which is store 0, and of the stores and terminals of these sales in
 * their hours.
 */
export const salesByHour = (db: Db, judging: Judging, { orgId, ...windows }: Windows & { orgId: string }) =>
  db.query<HourSales>(sql`
  select h.store_id as "storeId", 0 as "terminalId", h.hour, sum(h.presentments)::int as presentments,
         sum(h.failures)::int as failures
    from ${inWindows(windows)}
    join place_hour h on h.org_id = ${orgId}::uuid and h.hour >= w.from_at and h.hour < w.to_at
   where h.store_id = 0
   group by 1, 3
  union all
  select h.store_id, 0, h.hour, sum(h.presentments)::int, sum(h.failures)::int
    from ${hoursOf(judging, "store_id")}
    join place_hour h on h.org_id = ${orgId}::uuid and h.store_id = j.store_id and h.hour = j.hour
   group by 1, 3
  union all
  select h.store_id, h.terminal_id, h.hour, h.presentments, h.failures
    from ${hoursOf(judging, "terminal_id")}
    join terminal_hour h on h.terminal_id = j.terminal_id and h.hour = j.hour`)
