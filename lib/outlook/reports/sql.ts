import sql, { join, raw, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { useEndOfTerminal } from "@/lib/fleet/approvals/use-end"
import { causes, type Cause } from "@/lib/fleet/code-packs/cause"
import { isOpenStore } from "@/lib/fleet/stores/open-store"
import type { TerminalStatus } from "@/lib/fleet/terminals/words"
import { flagColumns, flagNames, type FlagRow } from "@/lib/insight/flags/flag-row"

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

/**
 * How many terminals in service were in a store without known hours in these days. Availability leaves them
 * out there.
 */
export const countWithoutHours = (db: Db, { from, to }: Days) =>
  db.query<{ terminals: number }>(sql`
  select count(distinct st.terminal_id)::int as terminals
    from store s
    join terminal_store p on p.store_id = s.id
    join terminal_status u on u.terminal_id = p.terminal_id and u.status = 'active'
    join terminal_state st on st.terminal_id = p.terminal_id and st.last_beat_at is not null
   cross join lateral (
     select greatest(p.from_at, u.from_at, ${dayStart(from, sql`s.time_zone`)}) as from_at,
            least(p.to_at, u.to_at, (s.closed_on::timestamp at time zone s.time_zone),
                  ${dayStart(to, sql`s.time_zone`)}) as to_at) stay
   where s.org_id = ${ownOrg} and s.opening_hours is null and stay.from_at < stay.to_at`)

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

/** Models whose use ends within a year of the week's end, with their number of terminals in service now. */
export const modelsDue = (db: Db, { to }: Days) =>
  db.query<{ model: string; use_end_on: string; terminals: number }>(sql`
  select m.name as model, due.use_end_on, count(*)::int as terminals
    from terminal_model m
    join terminal t on t.model_id = m.id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null and u.status = 'active'
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
    join store s on s.id = p.store_id and ${isOpenStore}
   cross join lateral (select ${useEndOfTerminal} as use_end_on) due
   where t.merged_into is null
     and m.id in (select a.model_id from approval a where a.use_end_on < ${to}::date + 365)
     and due.use_end_on < ${to}::date + 365
   group by m.id, due.use_end_on
   order by due.use_end_on, m.name`)
