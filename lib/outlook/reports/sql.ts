import sql, { join, raw, type Sql } from "sql-template-tag"
import { hoursFrom } from "@/lib/base/db/kept"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { useEndOfTerminal } from "@/lib/fleet/approvals/use-end"
import { causes, type Cause } from "@/lib/fleet/code-packs/cause"
import type { TerminalStatus } from "@/lib/fleet/terminals/words"
import { flagColumns, flagNames, type FlagRow } from "@/lib/insight/flags/flag-row"
import { among, type Terminals } from "@/lib/outlook/reports/among"
import { bitsOfDay, firstBeatHour } from "@/lib/rollups/fold/sql/beat-hours"

type Days = { from: string; to: string }

/** The start of a day in a zone that is a column of the statement. */
const dayStart = (day: string, zone: Sql) => sql`(${day}::date::timestamp at time zone ${zone})`

/** Terminals by their status just before `at`, and by model. */
export const fleetRows = (db: Db, at: Date) =>
  db.query<{ status: TerminalStatus; model: string | null; terminals: number }>(sql`
  select u.status, m.name as model, count(*)::int as terminals
    from terminal t
    join terminal_status u on u.terminal_id = t.id and u.from_at < ${at}::timestamptz
      and (u.to_at is null or u.to_at >= ${at}::timestamptz)
    left join terminal_model m on m.id = t.model_id
   group by 1, 2
   order by 2, 1`)

type CalendarRow = {
  id: number
  stores: number[]
  time_zone: string
  opening_hours: unknown
  hours_exceptions: unknown
  closed_on: string | null
}

/**
 * The stores' calendars, each once with the stores that share it. Its id is the lowest id of those stores.
 */
export const calendarRows = (db: Db) =>
  db.query<CalendarRow>(sql`
  select min(id) as id, array_agg(id) as stores, time_zone, opening_hours, hours_exceptions, closed_on
  from store where org_id = ${ownOrg} group by 3, 4, 5, 6`)

/** The first hour that is shown. It is read first, because the planner needs it as a constant. */
export const hoursShownFrom = (db: Db) => db.query<{ at: Date }>(sql`select ${hoursFrom} as at`)

export const everyTerminal = sql`
  select id as terminal_id, 0::bigint as group_id from terminal where org_id = ${ownOrg}`

type OpenTimes = {
  places: { store: number; calendar: number }[]
  /** `hours` has a digit for each hour of the span, 1 for an open one, the last digit for the first hour. */
  calendars: { id: number; hasHours: boolean; closedAt: Date | null; hours: string }[]
}
type AvailabilityRow = { group_id: number; open_hours: number; up_hours: number; without_hours: number }

const hourNumber = (at: Sql) => sql`(date_part('epoch', ${at}) / 3600)`

/** The hours of a span of UTC days, counted from 1970: what `bit(n)` columns have a digit for. */
type Hours = { firstDay: number; count: number }

const bits = ({ count }: Hours): Sql => raw(`bit(${count})`)

/** The tables `calendar` and `place` (a store with its calendar) of the statement below. */
const openTimes = ({ calendars, places, hours }: OpenTimes & { hours: Hours }): Sql => sql`
  calendar as (
    select c.id, c.has_hours, c.closed_at, c.hours::${bits(hours)} as hours
      from unnest(${calendars.map(({ id }) => id)}::bigint[],
                  ${calendars.map(({ hasHours }) => hasHours)}::boolean[],
                  ${calendars.map(({ closedAt }) => closedAt)}::timestamptz[],
                  ${calendars.map(({ hours: open }) => open)}::text[])
             as c (id, has_hours, closed_at, hours)),
  place as (
    select s.id, s.time_zone, k.calendar
      from unnest(${places.map(({ store }) => store)}::bigint[],
                  ${places.map(({ calendar }) => calendar)}::bigint[]) as k (store, calendar)
      join store s on s.id = k.store)`

type Span = Days & { now: Date; shownFrom: Date }

/** The terminals that ever were in one of these stores. */
export const terminalsOfStores = (db: Db, stores: readonly number[]) =>
  db.query<{ id: number }>(sql`
  select distinct terminal_id as id from terminal_store where store_id = any(${[...stores]}::bigint[])`)

/** A terminal with a heartbeat in one of so many days before the first was in service on the first. */
const daysBefore = 8

/**
 * Terminals that may have sent their first heartbeat in these days or not yet. Almost all of a fleet did so
 * long before, and their older days need not be read.
 */
export const perhapsNew = (db: Db, { from, shownFrom, terminals }: Span & Terminals) =>
  db.query<{ id: number }>(sql`
  with known as materialized (
    select terminal_id from terminal_day
     where org_id = ${ownOrg} and beat_hours <> 0 and day >= ${from}::date - ${daysBefore}::int
       and day < ${from}::date - 1 and day >= ${shownFrom}::date - 1
       ${among(sql`terminal_id`, terminals)}
     group by 1)
  select distinct p.terminal_id as id
    from terminal_store p
   where p.org_id = ${ownOrg} ${among(sql`p.terminal_id`, terminals)}
     and not exists (select 1 from known k where k.terminal_id = p.terminal_id)`)

/** The hours of the first heartbeats of these terminals. Those without are left out. */
export const firstBeats = (db: Db, { ids, shownFrom }: { ids: readonly number[]; shownFrom: Date }) =>
  db.query<{ id: number; hour: Date }>(sql`
  select d.terminal_id as id, min(${firstBeatHour(sql`d.day`, sql`d.beat_hours`)}) as hour
    from terminal_day d
   where d.terminal_id = any(${[...ids]}::bigint[]) and d.day >= ${shownFrom}::date - 1 and d.beat_hours <> 0
   group by 1`)

/** Terminals with the hour of their first heartbeat, or null if they have not sent any. */
type Beginnings = { beginnings: { id: number; hour: Date | null }[] }

/** The table `stay`: when an active terminal was in a store, from its first heartbeat on. */
const stays = ({
  from,
  to,
  now,
  shownFrom,
  beginnings,
  terminals,
}: Span & Beginnings & Terminals): Sql => sql`
  beginning as (
    select *
      from unnest(${beginnings.map(({ id }) => id)}::bigint[],
                  ${beginnings.map(({ hour }) => hour ?? "infinity")}::timestamptz[])
             as b (terminal_id, hour)),
  stay as (
    select p.terminal_id, c.has_hours, c.hours, span.from_at, span.to_at
      from terminal_store p
      join place s on s.id = p.store_id
      join calendar c on c.id = s.calendar
      join terminal_status u on u.terminal_id = p.terminal_id and u.status = 'active'
      left join beginning b on b.terminal_id = p.terminal_id
     cross join lateral (
       select greatest(p.from_at, u.from_at, b.hour, ${shownFrom}::timestamptz,
                       ${dayStart(from, sql`s.time_zone`)}) as from_at,
              least(p.to_at, u.to_at, c.closed_at, ${now}::timestamptz,
                    ${dayStart(to, sql`s.time_zone`)}) as to_at) span
     where span.from_at < span.to_at ${among(sql`p.terminal_id`, terminals)})`

/** The digits of the whole hours from `from` to `to`. */
const between = (from: Sql, to: Sql, hours: Hours): Sql => {
  const { firstDay, count } = hours
  const all = sql`(~ 0::${bits(hours)})`
  const number = (hour: Sql) =>
    sql`least(greatest(${hour} - ${firstDay * 24}::bigint, 0), ${count}::int)::int`
  const first = number(sql`ceil(${hourNumber(from)})`)
  const end = number(sql`floor(${hourNumber(to)})`)
  return sql`((${all} << ${first}) & (${all} >> (${count}::int - ${end})))`
}

type Reading = Span & OpenTimes & Beginnings & Terminals & { hours: Hours }

/**
 * By group, the hours in which terminals should have sent a heartbeat and those in which they did. All hours
 * of a terminal are one value with a bit for each, so that `terminal_day` is read once and without a join.
 * `has_hours` is null of a terminal that was not in service.
 */
export const availabilityRows = (db: Db, member: Sql, span: Reading) => {
  const none = sql`0::${bits(span.hours)}`
  return db.query<AvailabilityRow>(sql`
  with ${openTimes(span)}, ${stays(span)},
  beating as (
    select d.terminal_id, bit_or(${bitsOfDay(sql`d.day`, sql`d.beat_hours`, span.hours)}) as hours
      from terminal_day d
     where d.org_id = ${ownOrg} and d.beat_hours <> 0
       and d.day >= ${span.from}::date and d.day < ${span.to}::date
       and d.day >= ${span.shownFrom}::date - 1
       ${among(sql`d.terminal_id`, span.terminals)}
     group by 1),
  counted as (
    select terminal_id, bool_and(has_hours) as has_hours, bit_count(bit_or(expected)) as open_hours,
           bit_count(bit_or(expected) & bit_or(beating)) as up_hours
      from (select s.terminal_id, s.has_hours,
                   s.hours & ${between(sql`s.from_at`, sql`s.to_at`, span.hours)} as expected,
                   ${none} as beating
              from stay s
            union all
            select terminal_id, null, ${none}, hours from beating) either
     group by 1)
  select m.group_id, sum(c.open_hours)::bigint as open_hours, sum(c.up_hours)::bigint as up_hours,
         count(*) filter (where not c.has_hours)::int as without_hours
    from (${member}) m
    join counted c on c.terminal_id = m.terminal_id
   where c.has_hours is not null
   group by 1`)
}

type Count = "presentments" | "failures" | "raw_attempts" | "raw_failures"
export type CauseCounts = Record<Count | Cause | `raw_${Cause}`, number>

const counted = [
  "presentments",
  "failures",
  "raw_attempts",
  "raw_failures",
  ...causes,
  ...causes.map((cause) => `raw_${cause}` as const),
] as const satisfies readonly (keyof CauseCounts)[]

/** Sales of the week's seven store-local days. `isWhole`: of all stores. */
export const weekCounts = (db: Db, { from, to }: Days, isWhole: boolean) =>
  db.query<CauseCounts>(sql`
  select ${join(counted.map((name) => sql`coalesce(sum(${raw(name)}), 0)::int as ${raw(name)}`))}
    from place_day
   where org_id = ${ownOrg} and ${isWhole ? sql`store_id = 0` : sql`store_id <> 0`}
     and day >= ${from}::date and day < ${to}::date`)

export type ReportFlagRow = FlagRow & {
  address: string | null
  since_on: string
  was_opened: boolean
  was_closed: boolean
  is_open: boolean
}

/** Flags that opened or closed in the store's own week, or were open at its end, by store. */
export const weekFlags = (db: Db, { from, to }: Days) => {
  const zone = sql`coalesce(s.time_zone, o.time_zone)`
  return db.query<ReportFlagRow>(sql`
  select ${flagColumns}, s.address,
         to_char(f.since_at at time zone ${zone}, 'YYYY-MM-DD') as since_on,
         f.opened_at >= week.from_at as was_opened,
         coalesce(f.closed_at >= week.from_at and f.closed_at < week.to_at, false) as was_closed,
         (f.closed_at is null or f.closed_at >= week.to_at) as is_open
    from flag f
    join organisation o on o.id = f.org_id
    ${flagNames}
   cross join lateral (
     select ${dayStart(from, zone)} as from_at, ${dayStart(to, zone)} as to_at) week
   where f.org_id = ${ownOrg} and f.opened_at < week.to_at
     and (f.closed_at is null or f.closed_at >= week.from_at)
   order by s.name, s.id, t.serial, f.id`)
}

/** Models whose use ends within a year of the week's end, with their number of active terminals now. */
export const modelsDue = (db: Db, { to }: Days) =>
  db.query<{ model: string; use_end_on: string; terminals: number }>(sql`
  select m.name as model, due.use_end_on, count(*)::int as terminals
    from terminal_model m
    join terminal t on t.model_id = m.id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null and u.status = 'active'
   cross join lateral (select ${useEndOfTerminal} as use_end_on) due
   where m.id in (select a.model_id from approval a where a.use_end_on < ${to}::date + 365)
     and due.use_end_on < ${to}::date + 365
   group by m.id, due.use_end_on
   order by due.use_end_on, m.name`)
