import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { OnlineState, TerminalStatus } from "@/lib/fleet/terminals/words"
import { flapsToFlag } from "@/lib/insight/silence/flapping"
import { weekColumns, withWeeks, type WeekRow } from "@/lib/insight/silence/week-row"

type OrganisationRow = { id: string; is_noted: boolean; has_outage: boolean }

/** All organisations: those with changes or to be looked at for an outage, and those during an outage. */
export const organisationsAt = (db: Db, { now }: { now: Date }) =>
  db.query<OrganisationRow>(sql`
  select o.id,
         o.check_outages_at <= ${now}::timestamptz
           or exists (select from fleet_change c where c.org_id = o.id) as is_noted,
         exists (select from own_outage w where w.org_id = o.id and w.to_at is null) as has_outage
    from organisation o order by o.id`)

/**
 * Which of these organisations have terminals whose state is due. The lists of ids and the time are one range
 * of the index each, so only due terminals are read.
 */
export const withDueTerminals = (db: Db, { orgIds, now }: { orgIds: readonly string[]; now: Date }) =>
  db.query<{ id: string }>(sql`
  select org_id as id from terminal_state
   where org_id = any(${[...orgIds]}::uuid[]) and next_state_at <= ${now}::timestamptz
   group by 1`)

export type DueRow = {
  terminal_id: number
  /** As text, with microseconds, which a Date does not have. Writing compares it. */
  due: string
  received: string | null
  sold: string | null
  last_received_at: Date | null
  last_sale_at: Date | null
  flaps: number
  flapped_at: Date | null
  learnt_interval_seconds: number | null
  online_state: OnlineState
  status: TerminalStatus | null
  store_id: number | null
} & WeekRow

/** Terminals whose state is due, the longest overdue first. */
export const dueTerminals = (db: Db, { orgId, now, limit }: { orgId: string; now: Date; limit: number }) =>
  db.query<DueRow>(sql`
  select st.terminal_id, st.next_state_at::text as due, st.last_received_at::text as received,
         st.last_sale_at::text as sold, st.last_received_at, st.last_sale_at, st.flaps, st.flapped_at,
         st.learnt_interval_seconds,
         st.online_state, u.status, p.store_id, ${weekColumns}
    from (select * from terminal_state
           where next_state_at <= ${now}::timestamptz and org_id = ${orgId}::uuid
           order by next_state_at
           limit ${limit}::int) st
    left join terminal_status u on u.terminal_id = st.terminal_id and u.to_at is null
    left join terminal_store p on p.terminal_id = st.terminal_id and p.to_at is null
    ${withWeeks}`)

export type CalendarRow = {
  store_id: number
  region_id: number | null
  merchant_id: number | null
  time_zone: string
  opening_hours: unknown
  hours_exceptions: unknown
  closed_on: string | null
}

export const calendarsOf = (db: Db, storeIds: number[]) =>
  db.query<CalendarRow>(sql`
  select id as store_id, region_id, merchant_id, time_zone, opening_hours, hours_exceptions, closed_on
    from store where id = any(${storeIds}::bigint[])`)

export type SiteRow = {
  terminal_id: number
  store_id: number
  time_zone: string
  state: OnlineState
  since: Date | null
  flaps: number
  flapped_at: Date | null
  last_received_at: Date | null
  last_sale_at: Date | null
}

/** The active terminals of these stores with their states. Unassigned ones are at no place. */
export const terminalsAt = (db: Db, stores: readonly number[]) =>
  db.query<SiteRow>(sql`
  select st.terminal_id, p.store_id, s.time_zone, st.online_state as state, st.online_state_since as since,
         st.flaps, st.flapped_at, st.last_received_at, st.last_sale_at
    from terminal_state st
    join terminal_store p on p.terminal_id = st.terminal_id and p.to_at is null
    join terminal_status u on u.terminal_id = st.terminal_id and u.to_at is null and u.status = 'active'
    join store s on s.id = p.store_id and not s.is_unassigned
   where p.store_id = any(${[...stores]}::bigint[])`)

/** The stores with offline terminals. */
export const storesWithOffline = (db: Db, orgId: string) =>
  db.query<{ id: number }>(sql`
  select p.store_id as id
    from terminal_state st
    join terminal_store p on p.terminal_id = st.terminal_id and p.to_at is null
   where st.org_id = ${orgId}::uuid and st.online_state = 'offline'
   group by 1`)

export type Settled = Pick<
  DueRow,
  "terminal_id" | "due" | "received" | "sold" | "learnt_interval_seconds"
> & {
  state: OnlineState
  since: Date | null
  next: Date | null
  flaps: number
  flapped_at: Date | null
}

/**
 * Writes states of terminals that nothing has changed since they were read. Those that changed are due
 * again. Returns the terminals written.
 */
export const writeStates = (db: Db, { settled, now }: { settled: readonly Settled[]; now: Date }) =>
  db.query<{ terminal_id: number }>(sql`
  update terminal_state st
     set online_state = given.state, next_state_at = given.next,
         online_state_since = case when st.online_state = given.state then st.online_state_since
           else given.since end,
         flaps = given.flaps, flapped_at = given.flapped_at,
         -- A flag of silence opens or closes, or one of a missed opening or of falling silent often may open.
         next_look_at = case when (st.online_state = 'offline') <> (given.state = 'offline')
             or (given.state = 'suspect' and st.online_state <> 'suspect')
             or (given.flaps >= ${flapsToFlag}::real and given.flapped_at is distinct from st.flapped_at)
           then ${now}::timestamptz else st.next_look_at end
    from unnest(${settled.map((row) => row.terminal_id)}::bigint[],
                ${settled.map((row) => row.due)}::timestamptz[],
                ${settled.map((row) => row.received)}::timestamptz[],
                ${settled.map((row) => row.sold)}::timestamptz[],
                ${settled.map((row) => row.learnt_interval_seconds)}::int[],
                ${settled.map((row) => row.state)}::text[], ${settled.map((row) => row.since)}::timestamptz[],
                ${settled.map((row) => row.next)}::timestamptz[],
                ${settled.map((row) => row.flaps)}::real[],
                ${settled.map((row) => row.flapped_at)}::timestamptz[])
           as given (id, due, received, sold, interval_seconds, state, since, next, flaps, flapped_at)
   where st.terminal_id = given.id and st.next_state_at = given.due
     and st.last_received_at is not distinct from given.received
     and st.last_sale_at is not distinct from given.sold
     and st.learnt_interval_seconds is not distinct from given.interval_seconds
  returning st.terminal_id`)
