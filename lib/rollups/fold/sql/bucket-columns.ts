import sql, { empty, raw, type Sql } from "sql-template-tag"
import { causes, channels } from "@/lib/fleet/code-packs/cause"
import { subkinds } from "@/lib/fleet/code-packs/kind"
import { beatHourBit } from "@/lib/rollups/fold/sql/beat-hours"
import { counters, versions } from "@/lib/rollups/fold/sql/columns"

// Hours and days have the same columns, and days some more: how each is computed from beats or sales, and how
// two values are merged.

type Merge = "add" | "add count" | "add expected" | "greatest" | "least" | "newest" | "bits"
type Column = { name: string; made: string; merge: Merge }

// The last of the known values in an order, in which rows often come already.
const lastOf = (column: string, order: string, isKnown: string) => {
  const known = `array_agg(${column} order by ${order}) filter (where ${column} ${isKnown})`
  return `(${known})[cardinality(${known})]`
}

// The newest release in the bucket. Rows with the same time are ordered, too.
const newest = (column: string, ties: string) => lastOf(column, `happened_at, ${ties}`, "<> ''")

const beatColumns: Column[] = [
  { name: "app_release", made: newest("app", "at"), merge: "newest" },
  { name: "beats", made: "count(*)::int", merge: "add count" },
  { name: "max_gap_seconds", made: "extract(epoch from max(gap))::int", merge: "greatest" },
  { name: "battery_min_pct", made: "min(battery_pct)", merge: "least" },
  { name: "battery_health_min_pct", made: "min(battery_health_pct)", merge: "least" },
  { name: "temperature_max_c", made: "max(temperature_c)", merge: "greatest" },
  { name: "signal_sum_mdbm", made: "sum(signal_mdbm)::bigint", merge: "add" },
  { name: "signal_count", made: "count(signal_mdbm)::int", merge: "add count" },
  { name: "latency_sum_us", made: "sum(round(latency_ms * 1000)::bigint)::bigint", merge: "add" },
  { name: "latency_count", made: "count(latency_ms)::int", merge: "add count" },
  { name: "storage_max_pct", made: "max(storage_used_pct)", merge: "greatest" },
  ...counters.map((name): Column => ({ name, made: `sum(${name})::bigint`, merge: "add" })),
]

const beatHour = beatHourBit(raw("hour"), raw("day"))
const errorHour = `case when printer_failed then ${beatHour.sql} when not printer_failed then 0 end`

/** What terminals' wear is read from, which days alone have. */
const wearColumns: Column[] = [
  { name: "signal_squares", made: "sum(signal_mdbm * signal_mdbm)::bigint", merge: "add" },
  { name: "printer_error_hours", made: `bit_or(${errorHour})`, merge: "bits" },
  { name: "reset_counters", made: "bit_or(resets)", merge: "bits" },
]

/** The versions of components other than the app, which days alone have. */
const versionColumns = versions.map((name): Column => ({
  name: `${name}_release`,
  made: newest(name, "at"),
  merge: "newest",
}))

/** Beats' columns that days alone have. */
const dayBeatColumns = [...wearColumns, ...versionColumns]

const tally = (name: string, where: string): Column => ({
  name,
  made: `count(*) filter (where ${where})::int`,
  merge: "add count",
})

/** What was expected of the presentments, in millionths of a failure. */
const expected = (kind: string): Column => ({
  name: `e_${kind}`,
  made: `sum(r_${kind})`,
  merge: "add expected",
})

const saleColumns: Column[] = [
  { name: "sale_release", made: newest("release", "id, at"), merge: "newest" },
  tally("presentments", "not is_retry"),
  tally("failures", "not is_retry and failed"),
  ...causes.map((cause) => tally(cause, `not is_retry and cause = '${cause}'`)),
  tally("raw_attempts", "true"),
  tally("raw_failures", "failed"),
  ...causes.map((cause) => tally(`raw_${cause}`, `cause = '${cause}'`)),
  tally("raw_cancelled", "outcome = 'cancelled'"),
  tally("ecommerce", "entry_mode = 'ecommerce'"),
  ...channels.map((channel) => tally(`ch_${channel}`, `not is_retry and channel = '${channel}'`)),
  ...channels.map(expected),
]

/** Sales' columns that days alone have. */
const daySaleColumns: Column[] = [
  ...subkinds.map((kind) => tally(`k_${kind}`, `not is_retry and kind = '${kind}'`)),
  ...subkinds.map(expected),
]

const columns = [...beatColumns, ...saleColumns]
const dayColumns = [...columns, ...dayBeatColumns, ...daySaleColumns]
const made = (of: Column[]) => of.map(({ name, made: expression }) => `${expression} as ${name}`).join(", ")

/** The column names of hours, separated by commas. */
export const names = raw(columns.map(({ name }) => name).join(", "))
/** Those of days. */
export const dayNames = sql`${raw(dayColumns.map(({ name }) => name).join(", "))}, beat_hours`

/** The columns that days have only from `organisation.expected_from` on. */
export const expectedNames: readonly string[] = dayColumns
  .filter((column) => column.merge === "add expected" || daySaleColumns.includes(column))
  .map(({ name }) => name)

/** Those that days have only from `organisation.battery_health_from` on. */
export const batteryHealthNames: readonly string[] = ["battery_health_min_pct"]

/** Those that days have only from `organisation.wear_from` on. */
export const wearNames: readonly string[] = wearColumns.map(({ name }) => name)

/** Those that days have only from `organisation.versions_from` on. */
export const versionNames: readonly string[] = versionColumns.map(({ name }) => name)

/** The columns that places hold: those that are plain sums. */
export const placeColumns: readonly string[] = columns
  .filter(({ merge }) => merge.startsWith("add"))
  .map(({ name }) => name)

// A bucket without sales has counts of zero; a bucket without beats has no measurements.
const isCount = ({ merge }: Column) => merge === "add count" || merge === "add expected"
const filled = dayColumns
  .map((column) => (isCount(column) ? `coalesce(${column.name}, 0) as ${column.name}` : column.name))
  .join(", ")

/**
 * Buckets by `key` from beats and sales, given as tables or as select statements in brackets. Hours also have
 * the columns of days, because days are merged from them.
 */
export const bucketed = (key: "day" | "hour, day", beats: Sql, sales: Sql): Sql => {
  const group = raw(`terminal_id, store_id, ${key}`)
  const ofDay = (column: Sql) => (key === "day" ? column : empty)
  return sql`
    with b as (
      select ${group}, ${raw(made([...beatColumns, ...dayBeatColumns]))}
             ${ofDay(sql`, bit_or(${beatHour}) as beat_hours`)}
        from ${beats} beats
       group by ${group}),
    s as (
      select ${group}, ${raw(made([...saleColumns, ...daySaleColumns]))}
        from ${sales} sales
       group by ${group})
    select ${group}, n.org_id, n.model_id, ${raw(filled)}
           ${ofDay(sql`, coalesce(beat_hours, 0) as beat_hours`)}
      from b
      full join s using (${group})
      join terminal n on n.id = terminal_id`
}

const merged: Record<Merge, (name: string) => string> = {
  add: (name) => `coalesce(r.${name} + excluded.${name}, r.${name}, excluded.${name})`,
  "add count": (name) => `r.${name} + excluded.${name}`,
  "add expected": (name) => `r.${name} + excluded.${name}`,
  greatest: (name) => `greatest(r.${name}, excluded.${name})`,
  least: (name) => `least(r.${name}, excluded.${name})`,
  newest: (name) => `coalesce(excluded.${name}, r.${name})`,
  bits: (name) => `coalesce(r.${name} | excluded.${name}, r.${name}, excluded.${name})`,
}

const mergesOf = (of: Column[]) => of.map(({ name, merge }) => `${name} = ${merged[merge](name)}`).join(", ")

/** On conflict: merges each column of row `r` with the new row. */
export const merges = raw(mergesOf(columns))

/** The same for days. */
export const dayMerges = sql`${raw(mergesOf(dayColumns))}, beat_hours = r.beat_hours | excluded.beat_hours`

const summed: Record<Merge, (name: string) => string> = {
  add: (name) => `sum(${name})::bigint`,
  "add count": (name) => `sum(${name})::int`,
  "add expected": (name) => `sum(${name})::bigint`,
  greatest: (name) => `max(${name})`,
  least: (name) => `min(${name})`,
  newest: (name) => lastOf(name, "hour", "is not null"),
  bits: (name) => `bit_or(${name})`,
}

/** A day's columns, merged from its hours. */
export const ofHours = sql`
  ${raw(dayColumns.map(({ name, merge }) => summed[merge](name)).join(", "))},
  coalesce(bit_or(${beatHour}) filter (where beats > 0), 0)`
