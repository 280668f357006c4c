import sql, { empty, join, raw, type Sql } from "sql-template-tag"
import { hoursFrom } from "@/lib/base/db/kept"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { causes, type Cause } from "@/lib/fleet/code-packs/cause"
import {
  counts,
  isCounted,
  isInTime,
  isNamed,
  rowsOf,
  segmentRows,
  terminalRows,
  type Filters,
  type Reading,
} from "@/lib/insight/rates/rows-sql"
import type { Grouping } from "@/lib/insight/rates/words"

export type Counts = Record<(typeof counts)[number], number>
/** Counts of the range and, with the prefix `previous_`, of the previous period. */
export type BothCounts = Counts & { [name in keyof Counts as `previous_${name}`]: number }
/** `groups`: how many groups there are, shown or not. */
export type GroupRow = BothCounts & { value: string | null; label: string | null; groups: number }

const both = (name: string): Sql => sql`
  coalesce(sum(x.${raw(name)}) filter (where x.is_now), 0) as ${raw(name)},
  coalesce(sum(x.${raw(name)}) filter (where not x.is_now), 0) as previous_${raw(name)}`

const sums = join(counts.map(both))
const allSums = join(
  counts
    .flatMap((name) => [name, `previous_${name}`])
    .map((name) => sql`sum(g.${raw(name)})::bigint as ${raw(name)}`),
)

type CauseColumns = {
  [cause in Cause as cause | `raw_${cause}` | `previous_${cause}` | `previous_raw_${cause}`]: number
}
export type TotalRow = BothCounts & CauseColumns

const causeSums = join(causes.flatMap((cause) => [cause, `raw_${cause}`]).map(both))

/** All counts of the range, and the failures of each cause. */
export const totals = (db: Db, reading: Reading) =>
  db.query<TotalRow>(sql`
  select ${sums}, ${causeSums}
    from (${rowsOf(reading, { byStore: false })}) x`)

type Key = { value: Sql; label: Sql; joins: Sql }

/**
 * The groups with most failures. Large tables are summed by `inner` first, on a cluster by the nodes, and
 * only these sums `g` are joined with names.
 */
const topGroups = ({ value, label, joins }: Key, inner: Sql, limit: number): Sql => sql`
  with g as materialized (${inner})
  select ${value}::text as value, min(${label}) as label, ${allSums}, count(*) over () as groups
    from g ${joins}
   group by ${value}
  having sum(g.raw_attempts) + sum(g.previous_raw_attempts) > 0
   order by failures desc, previous_failures desc, 1
   limit ${limit}::int`

const byColumn = (column: string, rows: Sql): Sql =>
  sql`select x.${raw(column)}, ${sums} from (${rows}) x group by x.${raw(column)}`

export type PlaceGrouping = Extract<Grouping, "store" | "merchant" | "region">

const ofStore = sql`join store z on z.id = g.store_id`
const placeKeys: Record<PlaceGrouping, Key> = {
  store: { value: sql`z.id`, label: sql`z.name`, joins: ofStore },
  merchant: {
    value: sql`z.merchant_id`,
    label: sql`n.name`,
    joins: sql`${ofStore} left join merchant n on n.id = z.merchant_id`,
  },
  region: {
    value: sql`z.region_id`,
    label: sql`n.name`,
    joins: sql`${ofStore} left join region n on n.id = z.region_id`,
  },
}

/** Sales by store, or by what stores belong to. */
export const placeGroups = (db: Db, grouping: PlaceGrouping, reading: Reading, limit: number) =>
  db.query<GroupRow>(
    topGroups(placeKeys[grouping], byColumn("store_id", rowsOf(reading, { byStore: true })), limit),
  )

const terminalKeys = {
  terminal: {
    column: "terminal_id",
    key: {
      value: sql`g.terminal_id`,
      label: sql`n.serial`,
      joins: sql`left join terminal n on n.id = g.terminal_id`,
    },
  },
  model: {
    column: "model_id",
    key: {
      value: sql`g.model_id`,
      label: sql`n.name`,
      joins: sql`left join terminal_model n on n.id = g.model_id`,
    },
  },
}

/** Sales by these terminals, or by their models. */
export const terminalGroups = (
  db: Db,
  grouping: keyof typeof terminalKeys,
  reading: Reading,
  { terminals, limit }: { terminals: readonly number[]; limit: number },
) => {
  const { column, key } = terminalKeys[grouping]
  return db.query<GroupRow>(topGroups(key, byColumn(column, terminalRows(reading, terminals)), limit))
}

export type SegmentGrouping = Exclude<Grouping, "cause" | "terminal" | PlaceGrouping>

const plain = {
  column: "value",
  key: { value: sql`nullif(g.value, '')`, label: sql`null::text`, joins: empty },
  failuresOnly: false,
}
const named = (label: Sql, joins: Sql) => ({ ...plain, key: { ...plain.key, label, joins } })

const segmentKeys: Record<
  SegmentGrouping,
  { dimension: string; column: string; key: Key; failuresOnly: boolean }
> = {
  subcause: {
    dimension: "code",
    column: "subcause",
    key: { value: sql`g.subcause`, label: sql`null::text`, joins: empty },
    failuresOnly: true,
  },
  code: { ...plain, dimension: "code", failuresOnly: true },
  release: { ...plain, dimension: "release" },
  model: {
    ...named(sql`n.name`, sql`left join terminal_model n on n.id::text = g.value`),
    dimension: "model",
  },
  acquirer: {
    ...named(sql`n.name`, sql`left join acquirer n on n.id::text = g.value`),
    dimension: "acquirer",
  },
  issuer: { ...plain, dimension: "issuer" },
  entryMode: { ...plain, dimension: "entryMode" },
  // Cashier 01 in two stores is two people, so the value is `store:cashier`, and the label the store's name.
  operator: {
    ...named(sql`n.name`, sql`left join store n on n.id::text = split_part(g.value, ':', 1)`),
    dimension: "operator",
  },
}

/** Sales by a dimension of `segment_day`. */
export const segmentGroups = (db: Db, grouping: SegmentGrouping, reading: Reading, limit: number) => {
  const { dimension, column, key, failuresOnly } = segmentKeys[grouping]
  const { model } = reading.filters
  const isFailure = sql`and ${isCounted(reading.filters) ?? sql`r.cause <> ''`}`
  const rows = sql`
    select * from (${segmentRows(reading, dimension)}) r
     where true ${failuresOnly ? isFailure : empty}
       ${model === undefined ? empty : sql`and r.value = ${String(model)}`}`
  return db.query<GroupRow>(topGroups(key, byColumn(column, rows), limit))
}

export type CellRow = { storeId: number; value: string | null } & Counts

const cellSums = join(counts.map((name) => sql`sum(x.${raw(name)}) as ${raw(name)}`))

/** Sales of these stores by a dimension of `segment_day`, or by cause. */
export const storeCells = (
  db: Db,
  grouping: SegmentGrouping | "cause",
  reading: Reading,
  stores: readonly number[],
) => {
  const { model } = reading.filters
  const { dimension, column } =
    grouping === "cause"
      ? { dimension: model === undefined ? "code" : "model", column: "cause" }
      : segmentKeys[grouping]
  const reach = sql`r.store_id = any(${[...stores]}::bigint[])`
  return db.query<CellRow>(sql`
  select x.store_id as "storeId", nullif(x.${raw(column)}, '') as value, ${cellSums}
    from (${segmentRows(reading, dimension, reach)}) x
   where x.is_now ${model === undefined ? empty : sql`and x.value = ${String(model)}`}
   group by 1, 2`)
}

export type BucketRow = { at: string; is_now: boolean } & Record<"presentments" | "failures" | Cause, number>

const bucketSums = join(
  (["presentments", "failures", ...causes] as const).map((name) => sql`sum(x.${raw(name)}) as ${raw(name)}`),
)

/** Sales of both periods by hour or store-local day, in order. Buckets without sales are left out. */
export const seriesRows = (db: Db, reading: Reading) => {
  const bucket =
    reading.range.resolution === "hour"
      ? sql`to_char(x.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
      : sql`to_char(x.day, 'YYYY-MM-DD')`
  return db.query<BucketRow>(sql`
    select ${bucket} as at, x.is_now, ${bucketSums}
      from (${rowsOf(reading, { byStore: false })}) x
     group by 1, 2
    having sum(x.presentments) > 0
     order by 1, 2`)
}

/** The first hour that is shown. */
export const readHoursFrom = (db: Db) => db.query<{ at: Date }>(sql`select ${hoursFrom} as at`)

/** Terminals that were in these stores at some time of the range, at most `limit`. */
export const terminalsIn = (db: Db, { range, filters }: Reading, limit: number) =>
  db.query<{ id: number }>(sql`
  select p.terminal_id as id
    from terminal_store p
   where p.org_id = ${ownOrg} and ${isInTime(range)}
     and p.store_id in (select z.id from store z where ${isNamed(filters)})
   group by 1
   limit ${limit}::int`)

/** The stores that the filters name, at most `limit`. */
export const storesNamed = (db: Db, filters: Filters, limit: number) =>
  db.query<{ id: number }>(sql`select z.id from store z where ${isNamed(filters)} limit ${limit}::int`)

/** How many stores the filters name, counted up to `limit`. */
export const countStores = (db: Db, filters: Filters, limit: number) =>
  db.query<{ count: number }>(sql`
  select count(*) as count from (select 1 from store z where ${isNamed(filters)} limit ${limit}::int) named`)
