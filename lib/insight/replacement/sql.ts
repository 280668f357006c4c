import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { bornOn, failures } from "@/lib/insight/replacement/confirmed-failures"
import type { Costs, ModelAge, ModelPrice } from "@/lib/insight/replacement/economics"

export const costsOf = (db: Db, org: Sql) =>
  db.query<Costs>(sql`
  select (created_at at time zone 'UTC')::date as since, currency,
         terminal_price_minor as "terminalPriceMinor", visit_cost_minor as "visitCostMinor",
         parts_cost_minor as "partsCostMinor", downtime_hour_minor as "downtimeHourMinor",
         downtime_hours as "downtimeHours"
    from organisation where id = ${org}`)

export const modelPrices = (db: Db, org: Sql) =>
  db.query<ModelPrice>(sql`
  select id as "modelId", price_minor as "priceMinor" from terminal_model where org_id = ${org}`)

export const modelLives = (db: Db, org: Sql) =>
  db.query<ModelAge>(sql`
  select model_id as "modelId", months, failures, terminal_months as "terminalMonths"
    from model_life where org_id = ${org} order by model_id, months`)

const monthOf = (at: Sql) => sql`(extract(year from ${at}) * 12 + extract(month from ${at}))::int`

/** No row if they were counted on the organisation's day. A demo that still comes in is counted each time. */
export const beginLives = (db: Db, { orgId, now }: { orgId: string; now: Date }) =>
  db.query<{ id: string }>(sql`
  update organisation
     set lives_on = case when coalesce(demo_progress_pct, 100) = 100
                         then (${now}::timestamptz at time zone time_zone)::date end
   where id = ${orgId}::uuid
     and lives_on is distinct from (${now}::timestamptz at time zone time_zone)::date
  returning id`)

export const deleteLives = (db: Db, orgId: string) =>
  db.query(sql`delete from model_life where org_id = ${orgId}::uuid`)

/**
 * Counts how often terminals of each model failed at each age since the organisation began, and how many
 * terminals had that age for how many months. The first and last month of a time in service count half.
 */
export const insertLives = (
  db: Db,
  { orgId, now, faultRules }: { orgId: string; now: Date; faultRules: readonly string[] },
) =>
  db.query<{ model_id: number }>(sql`
  insert into model_life (org_id, model_id, months, failures, terminal_months)
  with born as (
    select t.id, coalesce(t.model_id, 0) as model_id, ${monthOf(bornOn)} as month
      from terminal t where t.org_id = ${orgId}::uuid and t.merged_into is null),
  served as (
    select b.model_id, b.month as born, ${monthOf(sql`greatest(u.from_at, o.created_at)`)} as first,
           ${monthOf(sql`least(u.to_at, ${now}::timestamptz)`)} as last, count(*) as terminals
      from terminal_status u
      join born b on b.id = u.terminal_id
      join organisation o on o.id = u.org_id
     where u.org_id = ${orgId}::uuid and u.status = 'active' and u.from_at <= ${now}::timestamptz
       and (u.to_at is null or u.to_at > o.created_at)
     group by 1, 2, 3, 4),
  aged as (
    select s.model_id, m.month - s.born as months,
           sum(s.terminals * case when m.month in (s.first, s.last) then .5 else 1 end) as terminal_months
      from served s
     cross join lateral generate_series(s.first, s.last) m (month)
     where m.month >= s.born
     group by 1, 2),
  failed as (
    select b.model_id, ${monthOf(sql`f.at`)} - b.month as months, count(*) as failures
      from (${failures({ org: sql`${orgId}::uuid`, faultRules })}) f
      join born b on b.id = f.terminal_id
     where f.at <= ${now}::timestamptz
     group by 1, 2)
  select ${orgId}::uuid, model_id, months, coalesce(failures, 0), coalesce(terminal_months, 0)
    from aged full join failed using (model_id, months)
   where months between 0 and 600
  returning model_id`)
