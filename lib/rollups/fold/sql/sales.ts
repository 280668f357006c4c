import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { daysAfter } from "@/lib/base/time/days-after"
import { clockDays } from "@/lib/base/time/look-back"
import { counts, type Claim } from "@/lib/rollups/fold/sql/claim"
import { classified } from "@/lib/rollups/fold/sql/classified"
import type {
  ClaimedSales,
  Disordered,
  NewSales,
  Rates,
  SaleArrivals,
  Sales,
  Touched,
} from "@/lib/rollups/fold/sql/tables"
import { makeTemporary } from "@/lib/rollups/fold/sql/temporary"

const corrected = sql`h.at + h.clock_offset_ms * interval '1 ms'`

type Range = { from: Date; to: Date } & Pick<Claim, "waiting">

/**
 * Every attempt of touched terminal-days, and of all other terminals that were in the same store on a day
 * with touched sales, because segments are sums over the store.
 */
export const makeSales = (
  db: Db,
  { touched, rates, ...range }: { touched: Touched; rates: Rates } & Range,
): Promise<Sales> => makeTemporary(db, "sale", classified(rates, attemptsOf(touched, range)))

const attemptsOf = (touched: Touched, { from, to, waiting }: Range): Sql => sql`
  with store_day as (
    select distinct store_id, day, time_zone from ${touched} where has_sales),
  place as (
    select p.terminal_id, d.store_id, d.day,
           d.day::timestamp at time zone d.time_zone as begins_at,
           (d.day + 1)::timestamp at time zone d.time_zone as ends_at
      from store_day d
      join terminal_store p on p.store_id = d.store_id
       and p.from_at < (d.day + 1)::timestamp at time zone d.time_zone
       and (p.to_at is null or p.to_at > d.day::timestamp at time zone d.time_zone)
    union
    select t.terminal_id, t.store_id, t.day,
           t.day::timestamp at time zone t.time_zone, (t.day + 1)::timestamp at time zone t.time_zone
      from ${touched} t)
  select p.store_id, p.day, h.at as happened_at, p.store_id || ' ' || p.day as span,
         h.at >= p.begins_at as is_counted, h.*
    from place p
    join transaction h on h.terminal_id = p.terminal_id and h.clock_offset_ms = 0
     and h.at >= p.begins_at - interval '180 s' and h.at < p.ends_at
   where h.at >= ${from}::timestamptz and h.at < ${to}::timestamptz
     and h.outcome <> 'reversed' and ${counts({ waiting })}
  union all
  select p.store_id, p.day, ${corrected}, p.store_id || ' ' || p.day, ${corrected} >= p.begins_at, h.*
    from place p
    join transaction h on h.terminal_id = p.terminal_id and h.clock_offset_ms <> 0
     and h.at >= p.begins_at - interval '8 days' and h.at < p.ends_at + interval '8 days'
     and ${corrected} >= p.begins_at - interval '180 s' and ${corrected} < p.ends_at
   where h.at >= ${daysAfter(from, -clockDays)}::timestamptz
     and h.at < ${daysAfter(to, clockDays)}::timestamptz
     and h.outcome <> 'reversed' and ${counts({ waiting })}`

type InOrder = {
  claim: Claim
  claimedSales: ClaimedSales
  saleArrivals: SaleArrivals
  disordered: Disordered
}

/**
 * The claimed attempts of terminals in order. All of them are later than the folded ones. Folded ones that
 * they may be retries of are looked up by terminal: with `offset 0`, because the planner would take a new day
 * that was never analysed for almost empty, and compare each terminal with all rows of the day.
 */
export const makeNewSales = (db: Db, { rates, ...inOrder }: InOrder & { rates: Rates }): Promise<NewSales> =>
  makeTemporary(db, "new_sale", classified(rates, newAttempts(inOrder)))

const newAttempts = ({ claim, claimedSales, saleArrivals, disordered }: InOrder): Sql => sql`
  with ordered as (
    select a.terminal_id, a.first_at, a.looks_back
      from ${saleArrivals} a
     where not exists (select 1 from ${disordered} d where d.terminal_id = a.terminal_id))
  select s.id as store_id, (h.at at time zone s.time_zone)::date as day, h.at as happened_at, '' as span,
         true as is_counted, h.*
    from ${claimedSales} h
    join ordered using (terminal_id)
    join terminal_store p on p.terminal_id = h.terminal_id
     and p.from_at <= h.at and (p.to_at is null or h.at < p.to_at)
    join store s on s.id = p.store_id
  union all
  select 0, null, h.at, '', false, h.*
    from ordered o
   cross join lateral (
     select h.* from transaction h
      where h.terminal_id = o.terminal_id and h.clock_offset_ms = 0
        and h.at >= o.first_at - interval '180 s' and h.at < o.first_at
        and h.at >= ${daysAfter(claim.from, -1)}::timestamptz and h.at < ${claim.to}::timestamptz
        and h.outcome <> 'reversed' and ${counts(claim)}
     offset 0) h
   where o.looks_back
  union all
  select 0, null, ${corrected}, '', false, h.*
    from ordered o
    join transaction h on h.terminal_id = o.terminal_id and h.clock_offset_ms <> 0
     and h.at >= o.first_at - interval '8 days' and h.at < o.first_at + interval '8 days'
     and ${corrected} >= o.first_at - interval '180 s' and ${corrected} < o.first_at
   where o.looks_back
     and h.at >= ${daysAfter(claim.from, -clockDays - 1)}::timestamptz
     and h.at < ${daysAfter(claim.to, clockDays)}::timestamptz
     and h.outcome <> 'reversed' and ${counts(claim)}`
