import sql, { type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { dayStart } from "@/lib/base/time/zone"
import { among, type Terminals } from "@/lib/outlook/league/among"
import type { LeagueRow } from "@/lib/outlook/league/schemas"
import { leagueGroupings, type LeagueGrouping } from "@/lib/outlook/league/words"

/** `to` is not included. `zone` is the organisation's, for figures that are not kept by store-local day. */
export type Days = { from: string; to: string; zone: string }

type Group = Pick<LeagueRow, "id" | "name"> & LeagueRow["terms"]

const noTerms = sql`
  null::float8 as "feePercent", null::text as "feeNote", null::bigint as "terminalPriceMinor",
  null::bigint as "depositMinor", null::text as currency`

const groupsOf: Record<LeagueGrouping, Sql> = {
  acquirer: sql`
    select id, name, fee_percent::float8 as "feePercent", fee_note as "feeNote",
           terminal_price_minor as "terminalPriceMinor", deposit_minor as "depositMinor",
           currency, null::int as "warrantyMonths", null::text as manufacturer
      from acquirer g`,
  supplier: sql`
    select id, name, ${noTerms}, warranty_months as "warrantyMonths", null::text as manufacturer
    from supplier g`,
  model: sql`
    select g.id, g.name, ${noTerms}, s.warranty_months as "warrantyMonths", s.name as manufacturer
      from terminal_model g left join supplier s on s.id = g.manufacturer_id`,
}

/** The compared groups with their terms. */
export const groups = (db: Db, by: LeagueGrouping, ids: number[]) =>
  db.query<Group>(sql`${groupsOf[by]} where g.id = any(${ids}::bigint[])`)

/** The terminals that ever were in one of these stores. */
export const terminalsOfStores = (db: Db, stores: readonly number[]) =>
  db.query<{ id: number }>(sql`
  select distinct terminal_id as id from terminal_store where store_id = any(${[...stores]}::bigint[])`)

/** The terminals of each group. An acquirer's are those that had one of its TIDs in these days. */
export const memberOf = (by: LeagueGrouping, { from, to, zone, terminals }: Days & Terminals): Sql =>
  ({
    model: sql`
      select id as terminal_id, model_id as group_id from terminal where org_id = ${ownOrg}
        and model_id is not null ${among(sql`id`, terminals)}`,
    supplier: sql`
      select id as terminal_id, supplier_id as group_id from terminal where org_id = ${ownOrg}
        and supplier_id is not null ${among(sql`id`, terminals)}`,
    acquirer: sql`
    select distinct terminal_id, acquirer_id as group_id
      from terminal_tid
     where org_id = ${ownOrg} and acquirer_id is not null and from_at < ${dayStart(to, zone)}::timestamptz
       and (to_at is null or to_at > ${dayStart(from, zone)}::timestamptz)
       ${among(sql`terminal_id`, terminals)}`,
  })[by]

/**
 * How many terminals were in service, for how many seconds in all, and how many flags opened on them. Service
 * counts from a terminal's first day with data in the range. Citus looks a day up by `terminal_state`, which
 * has every terminal with data.
 */
export const service = (db: Db, by: LeagueGrouping, days: Days & Terminals) => {
  const from = sql`${dayStart(days.from, days.zone)}::timestamptz`
  const to = sql`least(${dayStart(days.to, days.zone)}::timestamptz, now())`
  return db.query<{ group_id: number; terminals: number; seconds: number; flags: number }>(sql`
  with member as (${memberOf(by, days)}),
  served as (
    select m.group_id, m.terminal_id,
           sum(extract(epoch from least(u.to_at, ${to}) - greatest(u.from_at, ${from}, first_day.at)))
             as seconds
      from terminal_state st
      join member m on m.terminal_id = st.terminal_id
      join terminal_status u on u.terminal_id = st.terminal_id and u.status = 'active'
      left join (
        select terminal_id from terminal_day
         where org_id = ${ownOrg} and day = ${days.from}::date ${among(sql`terminal_id`, days.terminals)}
         group by 1) begun on begun.terminal_id = st.terminal_id
     cross join lateral (
       select case when begun.terminal_id is null then min(d.day) else ${days.from}::date end::timestamp
                at time zone ${days.zone}::text as at
         from terminal_day d where begun.terminal_id is null and d.terminal_id = st.terminal_id
           and d.day > ${days.from}::date and d.day < ${days.to}::date) first_day
     where u.from_at < ${to} and (u.to_at is null or u.to_at > ${from})
       ${among(sql`st.terminal_id`, days.terminals)}
       and first_day.at < least(u.to_at, ${to})
     group by 1, 2),
  flagged as (
    select m.group_id, count(*) as flags
      from flag f
      join member m on m.terminal_id = f.terminal_id
     where f.org_id = ${ownOrg} and f.opened_at >= ${from} and f.opened_at < ${to}
       ${among(sql`f.terminal_id`, days.terminals)}
     group by 1)
  select s.group_id, count(*) as terminals, sum(s.seconds)::float8 as seconds,
         coalesce(min(f.flags), 0) as flags
    from served s
    left join flagged f on f.group_id = s.group_id
   group by 1`)
}

type SaleRow = { group_id: number; attempts: number; device: number }

/** Sales, and those that failed because of the device, by store-local day. `isWhole`: of all stores. */
export const sales = (
  db: Db,
  by: LeagueGrouping,
  days: Days,
  { isWhole, terminals }: Terminals & { isWhole: boolean },
) =>
  db.query<SaleRow>(
    by === "supplier" ? supplierSales({ ...days, terminals }) : segmentSales(by, days, isWhole),
  )

const segmentSales = (dimension: "acquirer" | "model", { from, to }: Days, isWhole: boolean): Sql => sql`
  select value::bigint as group_id, sum(presentments) as attempts,
         coalesce(sum(failures) filter (where cause = 'device'), 0) as device
    from segment_day
   where org_id = ${ownOrg} and ${isWhole ? sql`store_id = 0` : sql`store_id <> 0`}
     and day >= ${from}::date and day < ${to}::date and dimension = ${dimension} and value ~ '^[0-9]+$'
   group by 1`

// Suppliers are often known later than sales, so that no rollup has them.
const supplierSales = ({ from, to, terminals }: Days & Terminals): Sql => sql`
  select t.supplier_id as group_id, sum(d.attempts)::bigint as attempts, sum(d.device)::bigint as device
    from (
      select terminal_id, sum(presentments) as attempts, sum(device) as device
        from terminal_day
       where org_id = ${ownOrg} and day >= ${from}::date and day < ${to}::date
         ${among(sql`terminal_id`, terminals)}
       group by 1) d
    join terminal t on t.id = d.terminal_id
   where t.supplier_id is not null
   group by 1`

/** What a group's terminals did in some days. */
export type Figures = {
  id: number
  terminals: number
  seconds: number
  flags: number
  attempts: number
  device: number
  availability: LeagueRow["availability"]
}

type Kept = { from: string; to: string; figures: Figures[]; as_of: Date; computed_at: Date }

/** The figures of the whole organisation that the worker has worked out. */
export const keptFigures = (db: Db, by: LeagueGrouping) =>
  db.query<Kept>(sql`
  select from_day as from, to_day as to, figures, as_of, computed_at
    from league_figures where org_id = ${ownOrg} and grouping = ${by}`)

type Writing = { orgId: string; by: LeagueGrouping; asOf: Date; now: Date } & Omit<
  Kept,
  "as_of" | "computed_at"
>

export const writeFigures = (db: Db, { orgId, by, from, to, figures, asOf, now }: Writing) =>
  db.query(sql`
  insert into league_figures (org_id, grouping, from_day, to_day, figures, as_of, computed_at)
  values (${orgId}::uuid, ${by}, ${from}::date, ${to}::date, ${JSON.stringify(figures)}::jsonb,
          ${asOf}::timestamptz, ${now}::timestamptz)
  on conflict (org_id, grouping) do update
     set from_day = excluded.from_day, to_day = excluded.to_day, figures = excluded.figures,
         as_of = excluded.as_of, computed_at = excluded.computed_at`)

/** Takes the right to work out one table until the transaction ends, if no other worker has it. */
export const tryLeagueLock = (db: Db, by: LeagueGrouping) =>
  db.query<{ locked: boolean }>(sql`
  select pg_try_advisory_xact_lock(
    hashtextextended('league:' || current_setting('app.org_id') || ':' || ${by}, 0)) as locked`)

/** Organisations with so many terminals of which a table was not worked out since then. */
export const largeOrganisations = (db: Db, { since, fewest }: { since: Date; fewest: number }) =>
  db.query<{ id: string }>(sql`
  select t.org_id as id
    from (select org_id from terminal group by 1 having count(*) >= ${fewest}::int) t
    left join (
      select org_id, count(*) as tables
        from league_figures where computed_at > ${since}::timestamptz
       group by 1) fresh on fresh.org_id = t.org_id
   where coalesce(fresh.tables, 0) < ${leagueGroupings.length}::int
   order by 1`)
