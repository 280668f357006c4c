import sql, { empty, join, raw, type Sql } from "sql-template-tag"
import { hoursFrom } from "@/lib/base/db/kept"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { causes, type Cause } from "@/lib/fleet/code-packs/cause"
import type { Range } from "@/lib/insight/rates/range"
import type { Grouping } from "@/lib/insight/rates/schemas"

export type Filters = {
  store?: number | undefined
  merchant?: number | undefined
  region?: number | undefined
  model?: number | undefined
  terminal?: number | undefined
}

export type Counts = { presentments: number; failures: number; raw_attempts: number; raw_failures: number }
/** Counts of the range and, with the prefix `previous_`, of the previous period. */
export type BothCounts = Counts & { [name in keyof Counts as `previous_${name}`]: number }
export type GroupRow = BothCounts & { value: string | null; label: string | null }

const own = (alias: string): Sql => sql`${raw(alias)}.org_id = ${ownOrg}`

const both = (column: Sql, name: string): Sql => sql`
  coalesce(sum(${column}) filter (where is_now), 0) as ${raw(name)},
  coalesce(sum(${column}) filter (where not is_now), 0) as previous_${raw(name)}`

const sums = join(
  (["presentments", "failures", "raw_attempts", "raw_failures"] as const).map((name) =>
    both(sql`x.${raw(name)}`, name),
  ),
)

// Each store reads its own days that overlap the range, and as many days before.
const localDays = ({ from, to }: Range): Sql => sql`
  cross join lateral (
    select (${from}::timestamptz at time zone z.time_zone)::date as first_day,
           ((${to}::timestamptz - interval '1 ms') at time zone z.time_zone)::date + 1 as end_day) d
  cross join lateral (select d.first_day - (d.end_day - d.first_day) as previous_day) b`

const inPlace = ({ store, merchant, region }: Filters): Sql => sql`
  ${store === undefined ? empty : sql`and z.id = ${store}::bigint`}
  ${merchant === undefined ? empty : sql`and z.merchant_id = ${merchant}::bigint`}
  ${region === undefined ? empty : sql`and z.region_id = ${region}::bigint`}`

const ofTerminal = ({ model, terminal }: Filters): Sql => sql`
  ${model === undefined ? empty : sql`and r.model_id = ${model}::bigint`}
  ${terminal === undefined ? empty : sql`and r.terminal_id = ${terminal}::bigint`}`

/** The terminals' rollup rows of both periods, with their store's merchant and region. */
const terminalRows = (range: Range, filters: Filters): Sql =>
  range.resolution === "hour"
    ? sql`
      select r.*, r.hour >= ${range.from}::timestamptz as is_now, z.merchant_id, z.region_id,
             z.name as store_name
        from terminal_hour r
        join store z on z.id = r.store_id
       where ${own("r")} and r.hour >= ${range.previousFrom}::timestamptz
         and r.hour < ${range.to}::timestamptz
         ${inPlace(filters)} ${ofTerminal(filters)}`
    : sql`
      select r.*, r.day >= d.first_day as is_now, z.merchant_id, z.region_id, z.name as store_name
        from terminal_day r
        join store z on z.id = r.store_id ${localDays(range)}
       where ${own("r")} and r.day >= ${range.firstDay}::date and r.day < ${range.endDay}::date
         and r.day >= b.previous_day and r.day < d.end_day
         ${inPlace(filters)} ${ofTerminal(filters)}`

export type TerminalGrouping = Extract<Grouping, "store" | "merchant" | "region" | "model" | "terminal">

/** Groupings of the terminals' rollups, with the name to show. */
const terminalKeys: Record<TerminalGrouping, { value: Sql; label: Sql; joins: Sql }> = {
  store: { value: sql`x.store_id`, label: sql`x.store_name`, joins: empty },
  merchant: {
    value: sql`x.merchant_id`,
    label: sql`n.name`,
    joins: sql`left join merchant n on n.id = x.merchant_id`,
  },
  region: {
    value: sql`x.region_id`,
    label: sql`n.name`,
    joins: sql`left join region n on n.id = x.region_id`,
  },
  model: {
    value: sql`x.model_id`,
    label: sql`n.name`,
    joins: sql`left join terminal_model n on n.id = x.model_id`,
  },
  terminal: {
    value: sql`x.terminal_id`,
    label: sql`n.serial`,
    joins: sql`left join terminal n on n.id = x.terminal_id`,
  },
}

export const isTerminalGrouping = (grouping: Grouping): grouping is TerminalGrouping =>
  Object.hasOwn(terminalKeys, grouping)

export const terminalGroups = (db: Db, grouping: TerminalGrouping, range: Range, filters: Filters) => {
  const { value, label, joins } = terminalKeys[grouping]
  return db.query<GroupRow>(sql`
    select ${value}::text as value, min(${label}) as label, ${sums}
      from (${terminalRows(range, filters)}) x ${joins}
     group by ${value}
    having sum(x.raw_attempts) > 0`)
}

type CauseColumns = {
  [cause in Cause as cause | `raw_${cause}` | `previous_${cause}` | `previous_raw_${cause}`]: number
}
export type TotalRow = BothCounts & CauseColumns

const causeSums = join(
  causes.flatMap((cause) => [cause, `raw_${cause}`]).map((name) => both(sql`x.${raw(name)}`, name)),
)

/** All counts of the range, and the failures of each cause. */
export const totals = (db: Db, range: Range, filters: Filters) =>
  db.query<TotalRow>(sql`
  select ${sums}, ${causeSums}
    from (${terminalRows(range, filters)}) x`)

export type SegmentGrouping = Exclude<Grouping, "cause" | TerminalGrouping>

const plain = { value: sql`nullif(x.value, '')`, label: sql`null::text`, joins: empty, failuresOnly: false }

const segmentKeys: Record<
  SegmentGrouping,
  { dimension: string; value: Sql; label: Sql; joins: Sql; failuresOnly: boolean }
> = {
  subcause: { ...plain, dimension: "code", value: sql`x.subcause`, failuresOnly: true },
  code: { ...plain, dimension: "code", failuresOnly: true },
  release: { ...plain, dimension: "release" },
  acquirer: {
    ...plain,
    dimension: "acquirer",
    label: sql`n.name`,
    joins: sql`left join acquirer n on n.id::text = x.value`,
  },
  issuer: { ...plain, dimension: "issuer" },
  entryMode: { ...plain, dimension: "entryMode" },
  // Cashier 01 in two stores is two people, so the value is `store:cashier`.
  operator: {
    ...plain,
    dimension: "operator",
    label: sql`n.name || ' ' || substr(x.value, strpos(x.value, ':') + 1)`,
    joins: sql`left join store n on n.id::text = split_part(x.value, ':', 1)`,
  },
}

/**
 * Sales by a dimension of `segment_day`. Reads the organisation's own rows (store 0) if all stores are in the
 * organisation's time zone, otherwise the rows of the stores.
 */
export const segmentGroups = (
  db: Db,
  grouping: SegmentGrouping,
  range: Range & { resolution: "day" },
  filters: Filters,
  isOneZone: boolean,
) => {
  const { dimension, value, label, joins, failuresOnly } = segmentKeys[grouping]
  const isWhole =
    isOneZone && filters.store === undefined && filters.merchant === undefined && filters.region === undefined
  const places = isWhole
    ? sql`(select 0::bigint as id, o.time_zone from organisation o where o.id = ${ownOrg}) z`
    : sql`store z`
  return db.query<GroupRow>(sql`
    select ${value} as value, min(${label}) as label, ${sums}
      from (
        select r.*, r.day >= d.first_day as is_now
          from ${places} ${localDays(range)}
          join segment_day r on r.store_id = z.id and r.day >= b.previous_day and r.day < d.end_day
         where ${own("r")} and r.dimension = ${dimension} and r.day >= ${range.firstDay}::date
           and r.day < ${range.endDay}::date
           ${isWhole ? empty : inPlace(filters)} ${failuresOnly ? sql`and r.cause <> ''` : empty}) x ${joins}
     group by 1
    having sum(x.raw_attempts) > 0`)
}

export type BucketRow = { at: string; is_now: boolean } & Record<"presentments" | "failures" | Cause, number>

const bucketSums = join(
  (["presentments", "failures", ...causes] as const).map((name) => sql`sum(x.${raw(name)}) as ${raw(name)}`),
)

/** Sales of both periods by hour or store-local day, in order. Buckets without sales are left out. */
export const seriesRows = (db: Db, range: Range, filters: Filters) => {
  const bucket =
    range.resolution === "hour"
      ? sql`to_char(x.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
      : sql`to_char(x.day, 'YYYY-MM-DD')`
  return db.query<BucketRow>(sql`
    select ${bucket} as at, x.is_now, ${bucketSums}
      from (${terminalRows(range, filters)}) x
     group by 1, 2
    having sum(x.presentments) > 0
     order by 1, 2`)
}

/** `is_one_zone`: all stores are in the organisation's time zone, and the actor may see all of them. */
export const readSettings = (db: Db) =>
  db.query<{ hours_from: Date; is_one_zone: boolean }>(sql`
  select ${hoursFrom} as hours_from,
         app_store_ids() is null
           and not exists (select 1 from store s where s.org_id = o.id
             and s.time_zone <> o.time_zone) as is_one_zone
    from organisation o where o.id = ${ownOrg}`)
