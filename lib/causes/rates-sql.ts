import sql, { empty, join, raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"
import type { Grouping } from "@/lib/causes/schemas"

export type Filters = {
  store?: number | undefined
  merchant?: number | undefined
  region?: number | undefined
  model?: number | undefined
  terminal?: number | undefined
}

/** A range of instants, or of store-local days; both ends given, the later one excluded. */
export type Range = { resolution: "hour" | "day"; from: string; to: string }

export type Counts = { presentments: number; failures: number; raw_attempts: number; raw_failures: number }
export type GroupRow = Counts & { value: string | null; label: string | null }

const causes = ["device", "card", "operator", "system", "unknown"] as const

const tableOf = { hour: sql`terminal_hour`, day: sql`terminal_day` }

const within = ({ resolution, from, to }: Range): Sql =>
  resolution === "hour"
    ? sql`r.hour >= ${from}::timestamptz and r.hour < ${to}::timestamptz`
    : sql`r.day >= ${from}::date and r.day < ${to}::date`

const chosen = ({ store, merchant, region, model, terminal }: Filters): Sql => sql`
  ${store === undefined ? empty : sql`and r.store_id = ${store}::bigint`}
  ${merchant === undefined ? empty : sql`and r.store_id in (select id from store where merchant_id = ${merchant}::bigint)`}
  ${region === undefined ? empty : sql`and r.store_id in (select id from store where region_id = ${region}::bigint)`}
  ${model === undefined ? empty : sql`and r.model_id = ${model}::bigint`}
  ${terminal === undefined ? empty : sql`and r.terminal_id = ${terminal}::bigint`}`

const ownRows = sql`r.org_id = nullif(current_setting('app.org_id', true), '')::uuid`

const sums = sql`sum(r.presentments)::int as presentments, sum(r.failures)::int as failures,
  sum(r.raw_attempts)::int as raw_attempts, sum(r.raw_failures)::int as raw_failures`

/** What the terminals' rollups group by, with the name to show. */
const terminalKeys: Partial<Record<Grouping, { value: Sql; label: Sql; joins: Sql }>> = {
  store: { value: sql`r.store_id::text`, label: sql`min(s.name)`, joins: sql`left join store s on s.id = r.store_id` },
  merchant: {
    value: sql`s.merchant_id::text`, label: sql`min(m.name)`,
    joins: sql`left join store s on s.id = r.store_id left join merchant m on m.id = s.merchant_id`,
  },
  region: {
    value: sql`s.region_id::text`, label: sql`min(g.name)`,
    joins: sql`left join store s on s.id = r.store_id left join region g on g.id = s.region_id`,
  },
  model: { value: sql`r.model_id::text`, label: sql`min(m.name)`, joins: sql`left join terminal_model m on m.id = r.model_id` },
  terminal: { value: sql`r.terminal_id::text`, label: sql`min(t.serial)`, joins: sql`left join terminal t on t.id = r.terminal_id` },
}

export const isTerminalKey = (grouping: Grouping): boolean => grouping in terminalKeys

export const terminalGroups = (db: Db, grouping: Grouping, range: Range, filters: Filters) => {
  const key = terminalKeys[grouping]
  if (!key) throw new Error(`${grouping} is not in the terminals' rollups`)
  return db.query<GroupRow>(sql`
    select ${key.value} as value, ${key.label} as label, ${sums}
      from ${tableOf[range.resolution]} r ${key.joins}
     where ${ownRows} and ${within(range)} ${chosen(filters)}
     group by 1
    having sum(r.raw_attempts) > 0`)
}

export const totals = (db: Db, range: Range, filters: Filters) => db.query<Counts>(sql`
  select coalesce(sum(r.presentments), 0)::int as presentments, coalesce(sum(r.failures), 0)::int as failures,
         coalesce(sum(r.raw_attempts), 0)::int as raw_attempts, coalesce(sum(r.raw_failures), 0)::int as raw_failures
    from ${tableOf[range.resolution]} r
   where ${ownRows} and ${within(range)} ${chosen(filters)}`)

/** Failures by cause; the denominators are the total's. */
export const causeGroups = (db: Db, range: Range, filters: Filters) => db.query<GroupRow>(sql`
  select c.cause as value, null as label, 0 as presentments, coalesce(sum(c.failures), 0)::int as failures,
         0 as raw_attempts, coalesce(sum(c.raw_failures), 0)::int as raw_failures
    from ${tableOf[range.resolution]} r
   cross join lateral (values ${join(causes.map((cause) => sql`(${raw(`'${cause}'`)}, r.${raw(cause)}, r.raw_${raw(cause)})`))}) as c (cause, failures, raw_failures)
   where ${ownRows} and ${within(range)} ${chosen(filters)}
   group by 1`)

export type SegmentGrouping = Exclude<Grouping, "cause" | "store" | "merchant" | "region" | "model" | "terminal">

const segmentKeys: Record<SegmentGrouping, { dimension: string; value: Sql; label: Sql; joins: Sql; failuresOnly: boolean }> = {
  subcause: { dimension: "code", value: sql`r.subcause`, label: sql`null`, joins: empty, failuresOnly: true },
  code: { dimension: "code", value: sql`r.value`, label: sql`null`, joins: empty, failuresOnly: true },
  release: { dimension: "release", value: sql`nullif(r.value, '')`, label: sql`null`, joins: empty, failuresOnly: false },
  acquirer: { dimension: "acquirer", value: sql`nullif(r.value, '')`, label: sql`min(a.name)`, joins: sql`left join acquirer a on a.id::text = r.value`, failuresOnly: false },
  issuer: { dimension: "issuer", value: sql`nullif(r.value, '')`, label: sql`null`, joins: empty, failuresOnly: false },
  entryMode: { dimension: "entryMode", value: sql`nullif(r.value, '')`, label: sql`null`, joins: empty, failuresOnly: false },
  operator: {
    dimension: "operator", value: sql`nullif(r.value, '')`, label: sql`min(s.name || ' ' || split_part(r.value, ':', 2))`,
    joins: sql`left join store s on s.id::text = split_part(r.value, ':', 1)`, failuresOnly: false,
  },
}

/** Sales by another dimension, by day: of the whole organisation (store 0), or of the chosen stores. */
export const segmentGroups = (db: Db, grouping: SegmentGrouping, range: Range, { store, merchant, region }: Filters) => {
  const key = segmentKeys[grouping]
  const stores = store !== undefined ? sql`r.store_id = ${store}::bigint`
    : merchant !== undefined ? sql`r.store_id in (select id from store where merchant_id = ${merchant}::bigint)`
    : region !== undefined ? sql`r.store_id in (select id from store where region_id = ${region}::bigint)`
    : sql`r.store_id = 0`
  return db.query<GroupRow>(sql`
    select ${key.value} as value, ${key.label} as label, ${sums}
      from segment_day r ${key.joins}
     where ${ownRows} and ${stores} and r.dimension = ${key.dimension}
       and r.day >= ${range.from}::date and r.day < ${range.to}::date
       ${key.failuresOnly ? sql`and r.cause <> ''` : empty}
     group by 1
    having sum(r.raw_attempts) > 0`)
}

export type BucketRow = { at: string } & Record<"presentments" | "failures" | (typeof causes)[number], number>

/** Sales by hour or by store-local day, in order; buckets without sales are left out. */
export const seriesRows = (db: Db, range: Range, filters: Filters) => {
  const bucket = range.resolution === "hour"
    ? sql`to_char(r.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
    : sql`to_char(r.day, 'YYYY-MM-DD')`
  return db.query<BucketRow>(sql`
    select ${bucket} as at, sum(r.presentments)::int as presentments, sum(r.failures)::int as failures, sum(r.device)::int as device,
           sum(r.card)::int as card, sum(r.operator)::int as operator, sum(r.system)::int as system, sum(r.unknown)::int as unknown
      from ${tableOf[range.resolution]} r
     where ${ownRows} and ${within(range)} ${chosen(filters)}
     group by 1
    having sum(r.presentments) > 0
     order by 1`)
}

export const retentionOf = (db: Db) => db.query<{ time_zone: string; hour_retention_days: number }>(sql`
  select time_zone, hour_retention_days from organisation where id = nullif(current_setting('app.org_id', true), '')::uuid`)
