import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import type { BookedDay } from "@/lib/insight/availability/book-day"
import type { SalesHour } from "@/lib/insight/availability/failing-hours"

/** The last settled day of an organisation, and the first one with heartbeats or sales. */
export const settledUntil = (db: Db, orgId: string) =>
  db.query<{ last: Day | null; first: Day | null }>(sql`
  select (select max(day) from availability_day
           where org_id = ${orgId}::uuid and terminal_id = 0 and store_id = 0) as last,
         (select min(day) from place_day
           where org_id = ${orgId}::uuid and store_id = 0 and (beats > 0 or presentments > 0)) as first`)

export type StoreRow = {
  id: number
  region_id: number | null
  merchant_id: number | null
  time_zone: string
  opening_hours: unknown
  hours_exceptions: unknown
  closed_on: Day | null
}

/** The next stores with known hours, in order. */
export const storesAfter = (
  db: Db,
  { orgId, after, limit }: { orgId: string; after: number; limit: number },
) =>
  db.query<StoreRow>(sql`
  select id, region_id, merchant_id, time_zone, opening_hours, hours_exceptions, closed_on
    from store
   where org_id = ${orgId}::uuid and id > ${after}::bigint and opening_hours is not null
   order by id
   limit ${limit}::int`)

type Places = { orgId: string; day: Day; stores: readonly number[] }
export type Stay = { id: number; store_id: number; from_at: Date; to_at: Date }

/** When active terminals were in these stores, around a day. */
export const staysIn = (db: Db, { day, stores }: Places) =>
  db.query<Stay>(sql`
  select p.terminal_id as id, p.store_id, greatest(p.from_at, u.from_at, around.begins) as from_at,
         least(p.to_at, u.to_at, around.ends) as to_at
    from (select (${day}::date - 1)::timestamp at time zone 'UTC' as begins,
                 (${day}::date + 2)::timestamp at time zone 'UTC' as ends) around
    join terminal_store p on p.from_at < around.ends and (p.to_at is null or p.to_at > around.begins)
    join terminal_status u on u.terminal_id = p.terminal_id and u.status = 'active'
   where p.store_id = any(${[...stores]}::bigint[])
     and greatest(p.from_at, u.from_at, around.begins) < least(p.to_at, u.to_at, around.ends)`)

type Some = { orgId: string; day: Day; ids: readonly number[] }

/** The hours of a day in which terminals sent heartbeats, a digit for each bit, the last one for bit 0. */
export const beatsOn = (db: Db, { orgId, day, ids }: Some) =>
  db.query<{ id: number; store_id: number; beats: string }>(sql`
  select terminal_id as id, store_id, beat_hours::bit(50)::text as beats
    from terminal_day
   where org_id = ${orgId}::uuid and terminal_id = any(${[...ids]}::bigint[]) and day = ${day}::date
     and beat_hours <> 0`)

/**
 * Those of these terminals that sent heartbeats in so many days before a day, or at any time before, and
 * where. Yesterday's of another zone may be later than today's.
 */
export const beatingBefore = (db: Db, { orgId, day, ids, days }: Some & { days: number | null }) =>
  db.query<{ id: number; store_id: number; is_earlier: boolean }>(sql`
  select terminal_id as id, store_id, bool_or(day < ${day}::date - 1) as is_earlier
    from terminal_day
   where org_id = ${orgId}::uuid and terminal_id = any(${[...ids]}::bigint[]) and day < ${day}::date
     and day >= coalesce(${day}::date - ${days}::int, '-infinity') and beat_hours <> 0
   group by 1, 2`)

export type HourRow = SalesHour & { id: number; store_id: number; has_restarted: boolean }

/** The hours of a day in which terminals sold or restarted, in order. */
export const hoursOn = (db: Db, { orgId, day, ids }: Some) =>
  db.query<HourRow>(sql`
  select terminal_id as id, store_id, (extract(epoch from hour)::bigint / 3600)::int as hour, presentments,
         raw_cancelled as cancelled, failures, ch_chip + ch_contactless + ch_magstripe as reads,
         ch_tech as tech, coalesce(reboots > 0, false) as has_restarted
    from terminal_hour
   where org_id = ${orgId}::uuid and terminal_id = any(${[...ids]}::bigint[]) and day = ${day}::date
     and hour >= (${day}::date - 1)::timestamp at time zone 'UTC'
     and hour < (${day}::date + 2)::timestamp at time zone 'UTC'
     and (presentments > 0 or reboots > 0)
   order by 1, 2, 3`)

/** A time of a terminal. */
export type Stretch = { id: number; from: Date; to: Date }

/**
 * The attempts to sell in these times, which are around a day, in order. Those of a wrong clock are left out.
 */
export const attemptsIn = (
  db: Db,
  { orgId, day, stretches }: { orgId: string; day: Day; stretches: readonly Stretch[] },
) =>
  db.query<{ id: number; at: Date; has_worked: boolean }>(sql`
  select h.terminal_id as id, h.at, h.outcome = 'approved' as has_worked
    from unnest(${stretches.map(({ id }) => id)}::bigint[],
                ${stretches.map(({ from }) => from)}::timestamptz[],
                ${stretches.map(({ to }) => to)}::timestamptz[]) as s (id, from_at, to_at)
    join transaction h on h.terminal_id = s.id and h.at >= s.from_at and h.at < s.to_at
   where h.org_id = ${orgId}::uuid and h.clock_offset_ms = 0
     and h.outcome in ('approved', 'declined', 'failed')
     and h.at >= (${day}::date - 1)::timestamp at time zone 'UTC'
     and h.at < (${day}::date + 2)::timestamp at time zone 'UTC'
   order by 1, 2`)

/** Our own outages around a day; one that goes on ends now. */
export const outagesAround = (db: Db, { orgId, day, now }: { orgId: string; day: Day; now: Date }) =>
  db.query<{ from_at: Date; to_at: Date }>(sql`
  select from_at, coalesce(to_at, ${now}::timestamptz) as to_at
    from own_outage
   where org_id = ${orgId}::uuid and from_at < (${day}::date + 2)::timestamp at time zone 'UTC'
     and coalesce(to_at, ${now}::timestamptz) > (${day}::date - 1)::timestamp at time zone 'UTC'`)

export const forgetDay = (db: Db, { orgId, day, stores }: Places) =>
  db.query(sql`
  delete from availability_day
   where org_id = ${orgId}::uuid and day = ${day}::date and store_id = any(${[...stores]}::bigint[])`)

export type PlaceDay = BookedDay & { store: number }

export const writeDays = (
  db: Db,
  { orgId, day, rows }: { orgId: string; day: Day; rows: readonly PlaceDay[] },
) =>
  db.query(sql`
  insert into availability_day (org_id, terminal_id, store_id, day, open_hours, sold_hours, down_device,
    down_line, down_site, down_unknown, failing_device, failing_system)
  select ${orgId}::uuid, g.terminal_id, g.store_id, ${day}::date, g.open, g.sold, g.down_device, g.down_line,
         g.down_site, g.down_unknown, g.failing_device, g.failing_system
    from unnest(${rows.map(({ id }) => id)}::bigint[], ${rows.map(({ store }) => store)}::bigint[],
                ${rows.map(({ open }) => open)}::int[], ${rows.map(({ sold }) => sold)}::int[],
                ${rows.map(({ down }) => down.device)}::int[],
                ${rows.map(({ down }) => down.line)}::int[], ${rows.map(({ down }) => down.site)}::int[],
                ${rows.map(({ down }) => down.unknown)}::int[],
                ${rows.map(({ failing }) => failing.device)}::int[],
                ${rows.map(({ failing }) => failing.system)}::int[])
           as g (terminal_id, store_id, open, sold, down_device, down_line, down_site, down_unknown,
                 failing_device, failing_system)`)

/** The sums of an organisation's stores, on one day. It says that the day is settled. */
export const sumDay = (db: Db, { orgId, day }: { orgId: string; day: Day }) =>
  db.query(sql`
  insert into availability_day (org_id, terminal_id, store_id, day, open_hours, sold_hours, down_device,
    down_line, down_site, down_unknown, failing_device, failing_system)
  select ${orgId}::uuid, 0, 0, ${day}::date, coalesce(sum(open_hours), 0)::int,
         coalesce(sum(sold_hours), 0)::int, coalesce(sum(down_device), 0)::int,
         coalesce(sum(down_line), 0)::int,
         coalesce(sum(down_site), 0)::int, coalesce(sum(down_unknown), 0)::int,
         coalesce(sum(failing_device), 0)::int, coalesce(sum(failing_system), 0)::int
    from availability_day
   where org_id = ${orgId}::uuid and day = ${day}::date and terminal_id = 0 and store_id <> 0`)
