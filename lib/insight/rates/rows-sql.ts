import sql, { empty, join, raw, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { DayRange, Days, Hours, Range } from "@/lib/base/time/range"
import { addDays, type Day } from "@/lib/base/time/zone"
import { causes, type Cause } from "@/lib/fleet/code-packs/cause"

export type Filters = {
  store?: number | undefined
  merchant?: number | undefined
  region?: number | undefined
  model?: number | undefined
  terminal?: number | undefined
  /** Only failures of this cause count, or of this subcause or code. */
  cause?: Cause | undefined
  subcause?: string | undefined
  /** A code with its system: `unionpay:51`. */
  code?: string | undefined
}

/**
 * What to read: both periods of a range, within filters. `isWhole`: the reader sees all stores. `stores` are
 * the stores that the filters name; null if they name none, or too many to be listed.
 */
export type Reading = {
  range: Range
  filters: Filters
  isWhole: boolean
  stores: readonly number[] | null
}

export const counts = ["presentments", "failures", "raw_attempts", "raw_failures"] as const
const causeColumns = causes.flatMap((cause) => [cause, `raw_${cause}`])

/** The kind of rollup with the width of the range. */
const table = (kind: "place" | "terminal", { resolution }: Range): Sql => raw(`${kind}_${resolution}`)

const isBetween = ({ from, to }: Hours): Sql =>
  sql`r.hour >= ${from}::timestamptz and r.hour < ${to}::timestamptz`
const isAmong = ({ first, last }: Days): Sql => sql`r.day >= ${first}::date and r.day <= ${last}::date`

/** Which rows `r` to read, and whether they are of the range or of the previous period. */
type Part = { isRead: Sql; isNow: Sql }

/** Both periods as one part where they meet, otherwise as two, each of which an index is asked for. */
function partsOf(range: Range): Part[] {
  const [previous, now] =
    range.resolution === "hour"
      ? [isBetween(range.previous), isBetween(range.hours)]
      : [isAmong(range.previous), isAmong(range.days)]
  if (range.resolution === "day" && addDays(range.previous.last, 1) === range.days.first)
    return [
      {
        isRead: isAmong({ first: range.previous.first, last: range.days.last }),
        isNow: sql`r.day >= ${range.days.first}::date`,
      },
    ]
  return [
    { isRead: previous, isNow: sql`false` },
    { isRead: now, isNow: sql`true` },
  ]
}

/** On a cluster the nodes sum both parts only if each names the column by which its table is distributed. */
const ofBothPeriods = (range: Range, rowsOfPart: (part: Part) => Sql): Sql =>
  join(partsOf(range).map(rowsOfPart), " union all ")

/** The store, both times and whether a row is of the range or of the period before. */
const head = ({ resolution }: Range, { isNow }: Part): Sql =>
  sql`r.store_id, r.day, ${resolution === "hour" ? sql`r.hour,` : empty} ${isNow} as is_now`

export const namesStores = ({ store, merchant, region }: Filters): boolean =>
  (store ?? merchant ?? region) !== undefined

/** Stores `z` that the filters name. */
export const isNamed = ({ store, merchant, region }: Filters): Sql => sql`
  z.org_id = ${ownOrg}
  ${store === undefined ? empty : sql`and z.id = ${store}::bigint`}
  ${merchant === undefined ? empty : sql`and z.merchant_id = ${merchant}::bigint`}
  ${region === undefined ? empty : sql`and z.region_id = ${region}::bigint`}`

// A list of ids makes the planner ask the index for each store. It cannot know how many a subselect names.
export const inStores = ({ filters, stores }: Pick<Reading, "filters" | "stores">): Sql => {
  if (stores !== null) return sql`r.store_id = any(${[...stores]}::bigint[])`
  return namesStores(filters)
    ? sql`r.store_id in (select z.id from store z where ${isNamed(filters)})`
    : sql`r.store_id <> 0`
}

/** The organisation's own sums if all of it is read, otherwise the rows of stores. */
export const inReach = (reading: Omit<Reading, "range">): Sql =>
  reading.isWhole && !namesStores(reading.filters) ? sql`r.store_id = 0` : inStores(reading)

const columns = (names: readonly string[]) => join(names.map((name) => sql`r.${raw(name)}`))

/** The counts of a row that has a column for each cause. */
const countsOf = ({ cause }: Filters): Sql =>
  cause === undefined
    ? columns(counts)
    : sql`r.presentments, r.${raw(cause)} as failures,
          r.raw_attempts, r.${raw(`raw_${cause}`)} as raw_failures`

/** What the cause, subcause and code of a segment's row `r` must be for its failures to count. */
export const isCounted = ({ cause, subcause, code }: Filters): Sql | null => {
  const conditions = [
    ...(cause === undefined ? [] : [sql`r.cause = ${cause}`]),
    ...(subcause === undefined ? [] : [sql`r.subcause = ${subcause}`]),
    ...(code === undefined ? [] : [sql`r.value = ${code}`]),
  ]
  return conditions.length === 0 ? null : join(conditions, " and ")
}

/** The counts of a row that has one cause. */
const countsOfSegment = (filters: Filters): Sql => {
  const counted = isCounted(filters)
  return counted === null
    ? columns(counts)
    : sql`r.presentments, case when ${counted} then r.failures else 0 end as failures,
          r.raw_attempts, case when ${counted} then r.raw_failures else 0 end as raw_failures`
}

const placeRows = ({ range, filters }: Reading, reach: Sql): Sql =>
  ofBothPeriods(
    range,
    (part) => sql`
  select r.group_key, ${head(range, part)}, ${countsOf(filters)}, ${columns(causeColumns)}
    from ${table("place", range)} r
   where r.org_id = ${ownOrg} and ${part.isRead} and ${reach}`,
  )

/** Rows of terminals, which the caller has bounded. */
export const terminalRows = (reading: Reading, terminals: readonly number[]): Sql => {
  const { range, filters } = reading
  return ofBothPeriods(
    range,
    (part) => sql`
  select ${head(range, part)}, r.terminal_id, r.model_id, ${countsOf(filters)}, ${columns(causeColumns)}
    from ${table("terminal", range)} r
   where r.org_id = ${ownOrg} and r.terminal_id = any(${terminals}::bigint[])
     and ${part.isRead} and ${inStores(reading)}
     ${filters.model === undefined ? empty : sql`and r.model_id = ${filters.model}::bigint`}`,
  )
}

/** Sales by a dimension of `segment_day`, which has no hours. */
export function segmentRows(reading: Reading, dimension: string, reach = inReach(reading)): Sql {
  const { range, filters } = reading
  if (range.resolution !== "day") throw new Error(`a ${dimension} is kept by day`)
  return ofBothPeriods(
    range,
    (part) => sql`
  select r.group_key, ${head(range, part)}, r.value, r.cause, r.subcause, ${countsOfSegment(filters)}
    from segment_day r
   where r.org_id = ${ownOrg} and r.dimension = ${dimension} and ${part.isRead} and ${reach}`,
  )
}

const ofCause = (cause: string): Sql => sql`
  case when r.cause = ${cause} then r.failures else 0 end as ${raw(cause)},
  case when r.cause = ${cause} then r.raw_failures else 0 end as ${raw(`raw_${cause}`)}`

const rowsOfSegments = (reading: Reading, dimension: "code" | "model", reach: Sql): Sql => sql`
  select r.*, ${join(causes.map(ofCause))} from (${segmentRows(reading, dimension, reach)}) r`

export const namesCodes = ({ subcause, code }: Filters): boolean => (subcause ?? code) !== undefined

/**
 * Rows with counts and causes. With `byStore` they are those of stores, otherwise the organisation's own sums
 * if all of it is read.
 */
export function rowsOf(reading: Reading, { byStore }: { byStore: boolean }): Sql {
  const { filters } = reading
  const reach = byStore ? inStores(reading) : inReach(reading)
  if (filters.terminal !== undefined) return terminalRows(reading, [filters.terminal])
  if (filters.model !== undefined)
    return sql`${rowsOfSegments(reading, "model", reach)} where r.value = ${String(filters.model)}`
  return namesCodes(filters) ? rowsOfSegments(reading, "code", reach) : placeRows(reading, reach)
}

/** The ends of both periods. Dates to compare with can be later than those of the range. */
const endsOf = ({ previous, days }: DayRange): [Day, Day] => [
  previous.first < days.first ? previous.first : days.first,
  previous.last > days.last ? previous.last : days.last,
]

/** The ends of both periods as dates of UTC, a day wider for the stores' zones. */
export const isInTime = (range: Range): Sql => {
  const [from, to] = range.resolution === "hour" ? [range.previous.from, range.hours.to] : endsOf(range)
  return sql`
    p.from_at < ${to}::timestamptz + interval '2 days'
    and (p.to_at is null or p.to_at > ${from}::timestamptz - interval '1 day')`
}
