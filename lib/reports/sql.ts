import sql, { type Sql } from "sql-template-tag"
import { useEndOfTerminal } from "@/lib/approvals/use-end"
import type { Db } from "@/lib/db/transaction"
import type { FlagRow } from "@/lib/flags/sql"
import { hoursFrom } from "@/lib/retention/kept"
import type { TerminalStatus } from "@/lib/terminals/words"

const org = sql`nullif(current_setting('app.org_id', true), '')::uuid`

export const organisationRow = (db: Db) => db.query<{ name: string; time_zone: string }>(sql`select name, time_zone from organisation where id = ${org}`)

type Days = { from: string; to: string }

/** The instant at which a day begins in a zone that the statement knows. */
const dayStart = (day: string, zone: Sql) => sql`(${day}::date::timestamp at time zone ${zone})`

/** Terminals by what they were just before `at`, and by model. */
export const fleetRows = (db: Db, at: Date) => db.query<{ status: TerminalStatus; model: string | null; terminals: number }>(sql`
  select u.status, m.name as model, count(*)::int as terminals
    from terminal t
    join terminal_status u on u.terminal_id = t.id and u.from_at < ${at}::timestamptz and (u.to_at is null or u.to_at >= ${at}::timestamptz)
    left join terminal_model m on m.id = t.model_id
   group by 1, 2
   order by 2, 1`)

export type PlaceRow = { terminal_id: number; time_zone: string; opening_hours: unknown; hours_exceptions: unknown; closed_on: string | null; from_at: Date; to_at: Date }

/** Where terminals stood while they were in service during the store's own week, from their first heartbeat on. */
export const placesInService = (db: Db, { from, to }: Days) => db.query<PlaceRow>(sql`
  select terminal_id, time_zone, opening_hours, hours_exceptions, closed_on, from_at, to_at
    from (
      select p.terminal_id, s.time_zone, s.opening_hours, s.hours_exceptions, s.closed_on, first_beat.hour,
             greatest(p.from_at, u.from_at, first_beat.hour, ${dayStart(from, sql`s.time_zone`)}) as from_at,
             least(p.to_at, u.to_at, ${dayStart(to, sql`s.time_zone`)}) as to_at
        from terminal_store p
        join store s on s.id = p.store_id
        join terminal_status u on u.terminal_id = p.terminal_id and u.status = 'active'
       cross join lateral (
         select min(h.hour) as hour from terminal_hour h where h.terminal_id = p.terminal_id and h.hour >= ${hoursFrom} and h.beats > 0) first_beat) place
   where hour is not null and from_at < to_at`)

/** The hours in which each terminal gave a sign of life, from a day before to a day after: in some zone they are in the week. */
export const upHours = (db: Db, { from, to }: Days) => db.query<{ terminal_id: number; hours: Date[] }>(sql`
  select terminal_id, array_agg(distinct hour) as hours
    from terminal_hour
   where org_id = ${org} and hour >= greatest(${dayStart(from, sql`'UTC'`)} - interval '1 day', ${hoursFrom}) and hour < ${dayStart(to, sql`'UTC'`)} + interval '1 day' and beats > 0
   group by 1`)

export type CauseCounts = Record<
  | "presentments" | "failures" | "device" | "card" | "operator" | "system" | "unknown"
  | "raw_attempts" | "raw_failures" | "raw_device" | "raw_card" | "raw_operator" | "raw_system" | "raw_unknown",
  number
>

/** Sales of the week's seven store-local dates. */
export const weekCounts = (db: Db, { from, to }: Days) => db.query<CauseCounts>(sql`
  select coalesce(sum(presentments), 0)::int as presentments, coalesce(sum(failures), 0)::int as failures, coalesce(sum(device), 0)::int as device,
         coalesce(sum(card), 0)::int as card, coalesce(sum(operator), 0)::int as operator, coalesce(sum(system), 0)::int as system,
         coalesce(sum(unknown), 0)::int as unknown, coalesce(sum(raw_attempts), 0)::int as raw_attempts, coalesce(sum(raw_failures), 0)::int as raw_failures,
         coalesce(sum(raw_device), 0)::int as raw_device, coalesce(sum(raw_card), 0)::int as raw_card, coalesce(sum(raw_operator), 0)::int as raw_operator,
         coalesce(sum(raw_system), 0)::int as raw_system, coalesce(sum(raw_unknown), 0)::int as raw_unknown
    from terminal_day
   where org_id = ${org} and day >= ${from}::date and day < ${to}::date`)

export type ReportFlagRow = Omit<FlagRow, "urgency"> & { address: string | null; was_opened: boolean; was_closed: boolean; is_open: boolean }

/** Flags that opened or closed in the store's own week, or stood open at its end, by store. */
export const weekFlags = (db: Db, { from, to }: Days) => db.query<ReportFlagRow>(sql`
  select f.id, f.kind, f.rule, f.status, f.reasons, f.since_at, f.opened_at, f.closed_at, f.terminal_id, t.serial, m.name as model,
         f.store_id, s.name as store_name, s.code as store_code, s.address,
         f.opened_at >= week.from_at as was_opened,
         coalesce(f.closed_at >= week.from_at and f.closed_at < week.to_at, false) as was_closed,
         (f.closed_at is null or f.closed_at >= week.to_at) as is_open
    from flag f
    join organisation o on o.id = f.org_id
    left join terminal t on t.id = f.terminal_id
    left join terminal_model m on m.id = t.model_id
    left join store s on s.id = f.store_id
   cross join lateral (
     select ${dayStart(from, sql`coalesce(s.time_zone, o.time_zone)`)} as from_at, ${dayStart(to, sql`coalesce(s.time_zone, o.time_zone)`)} as to_at) week
   where f.org_id = ${org} and f.opened_at < week.to_at and (f.closed_at is null or f.closed_at >= week.from_at)
   order by s.name, s.id, t.serial, f.id`)

export type PolicyState = { component: "os" | "firmware" | "app" | "emvKernel" | "securityPatch"; minimum_version: string; model: string | null; due_on: string | null; versions: string[] }

/** Each release policy with what the terminals that it concerns run now. */
export const policyVersions = (db: Db) => db.query<PolicyState>(sql`
  select p.component, p.minimum_version, m.name as model, p.due_on,
         array_remove(array_agg(case p.component when 'os' then st.os when 'firmware' then st.firmware when 'app' then st.app
           when 'emvKernel' then st.emv_kernel when 'securityPatch' then st.security_patch::text end), null) as versions
    from release_policy p
    left join terminal_model m on m.id = p.model_id
    join terminal t on p.model_id is null or t.model_id = p.model_id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null and u.status = 'active'
    join terminal_state st on st.terminal_id = t.id
   group by p.id, m.name
   order by p.component, m.name`)

/** Models whose use ends within a year of the week's end, with how many terminals in service now are of them. */
export const modelsDue = (db: Db, { to }: Days) => db.query<{ model: string; use_end_on: string; terminals: number }>(sql`
  select m.name as model, due.use_end_on, count(*)::int as terminals
    from terminal_model m
    join terminal t on t.model_id = m.id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null and u.status = 'active'
   cross join lateral (select ${useEndOfTerminal} as use_end_on) due
   where m.id in (select a.model_id from approval a where a.use_end_on < ${to}::date + 365) and due.use_end_on < ${to}::date + 365
   group by m.id, due.use_end_on
   order by due.use_end_on, m.name`)
