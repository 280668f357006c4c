import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { newBeats } from "@/lib/rollups/fold/sql/beats"
import type { Claim } from "@/lib/rollups/fold/sql/claim"
import { counters } from "@/lib/rollups/fold/sql/columns"

// The same columns by hour and by day: how each is made from beats or sales, and how two of them become one.

type Merge = "add" | "add count" | "greatest" | "least" | "newest"
type Column = { name: string; made: string; merge: Merge }

// The newest release that a row of the bucket named.
const newest = (column: string) =>
  `(array_agg(${column} order by happened_at desc) filter (where ${column} <> ''))[1]`

const beatColumns: Column[] = [
  { name: "app_release", made: newest("app"), merge: "newest" },
  { name: "beats", made: "count(*)::int", merge: "add count" },
  { name: "max_gap_seconds", made: "max(gap_seconds)::int", merge: "greatest" },
  { name: "battery_min_pct", made: "min(battery_pct)", merge: "least" },
  { name: "temperature_max_c", made: "max(temperature_c)", merge: "greatest" },
  { name: "signal_sum_mdbm", made: "sum(round(signal_dbm * 1000)::bigint)::bigint", merge: "add" },
  { name: "signal_count", made: "count(signal_dbm)::int", merge: "add count" },
  { name: "latency_sum_us", made: "sum(round(latency_ms * 1000)::bigint)::bigint", merge: "add" },
  { name: "latency_count", made: "count(latency_ms)::int", merge: "add count" },
  { name: "storage_max_pct", made: "max(storage_used_pct)", merge: "greatest" },
  ...counters.map((name): Column => ({ name, made: `sum(${name})::bigint`, merge: "add" })),
]

const causes = ["device", "card", "operator", "system", "unknown"]
const channels = ["issuer", "user", "tech", "chip", "contactless", "magstripe"]
const tally = (name: string, where: string): Column => ({
  name,
  made: `count(*) filter (where ${where})::int`,
  merge: "add count",
})

const saleColumns: Column[] = [
  { name: "sale_release", made: newest("release"), merge: "newest" },
  tally("presentments", "not is_retry"),
  tally("failures", "not is_retry and failed"),
  ...causes.map((cause) => tally(cause, `not is_retry and cause = '${cause}'`)),
  tally("raw_attempts", "true"),
  tally("raw_failures", "failed"),
  ...causes.map((cause) => tally(`raw_${cause}`, `cause = '${cause}'`)),
  tally("raw_cancelled", "outcome = 'cancelled'"),
  tally("ecommerce", "entry_mode = 'ecommerce'"),
  ...channels.map((channel) => tally(`ch_${channel}`, `not is_retry and channel = '${channel}'`)),
]

const columns = [...beatColumns, ...saleColumns]
const names = columns.map(({ name }) => name).join(", ")
const made = (of: Column[]) => of.map(({ name, made: expression }) => `${expression} as ${name}`).join(", ")

// A bucket without sales counts zero of them; a bucket without beats has no measurements.
const filled = columns
  .map(({ name, merge }) => (merge === "add count" ? `coalesce(${name}, 0) as ${name}` : name))
  .join(", ")

/** Buckets by `key` of beats and sales, given as tables or as select statements in brackets. */
const bucketed = (key: "day" | "hour, day", beats: Sql, sales: Sql): Sql => {
  const group = raw(`terminal_id, store_id, ${key}`)
  return sql`
    with b as (select ${group}, ${raw(made(beatColumns))} from ${beats} beats group by ${group}),
    s as (select ${group}, ${raw(made(saleColumns))} from ${sales} sales group by ${group})
    select ${group}, n.org_id, n.model_id, ${raw(filled)}
      from b
      full join s using (${group})
      join terminal n on n.id = terminal_id`
}

/** Replaces the hours of touched terminal-days from `firstDay` on, which is as far back as hours are kept. */
export const replaceHours = async (
  db: Db,
  { firstDay, from, to }: { firstDay: string; from: Date; to: Date },
): Promise<void> => {
  await db.query(sql`
    delete from terminal_hour h
     using touched t
     where h.terminal_id = t.terminal_id and h.store_id = t.store_id and h.day = t.day
       and h.hour >= ${from}::timestamptz and h.hour < ${to}::timestamptz`)
  await db.query(sql`
    insert into terminal_hour (terminal_id, hour, day, store_id, org_id, model_id, ${raw(names)})
    select terminal_id, hour, day, store_id, r.org_id, model_id, ${raw(names)}
      from (${bucketed("hour, day", sql`beat`, sql`sale`)}) r
      join touched using (terminal_id, store_id, day)
     where day >= ${firstDay}::date
     order by terminal_id, hour, store_id, day`)
}

/** Replaces the touched terminal-days. */
export const replaceDays = async (
  db: Db,
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
): Promise<void> => {
  await db.query(sql`
    delete from terminal_day d
     using touched t
     where d.terminal_id = t.terminal_id and d.store_id = t.store_id and d.day = t.day
       and d.day >= ${firstDay}::date and d.day <= ${lastDay}::date`)
  await db.query(sql`
    insert into terminal_day (terminal_id, day, store_id, org_id, model_id, ${raw(names)})
    select terminal_id, day, store_id, r.org_id, model_id, ${raw(names)}
      from (${bucketed("day", sql`beat`, sql`sale`)}) r
      join touched using (terminal_id, store_id, day)
     order by terminal_id, day, store_id`)
}

const merged: Record<Merge, (name: string) => string> = {
  add: (name) => `coalesce(r.${name} + excluded.${name}, r.${name}, excluded.${name})`,
  "add count": (name) => `r.${name} + excluded.${name}`,
  greatest: (name) => `greatest(r.${name}, excluded.${name})`,
  least: (name) => `least(r.${name}, excluded.${name})`,
  newest: (name) => `coalesce(excluded.${name}, r.${name})`,
}
const merges = columns.map(({ name, merge }) => `${name} = ${merged[merge](name)}`).join(", ")

const summed: Record<Merge, (name: string) => string> = {
  add: (name) => `sum(${name})::bigint`,
  "add count": (name) => `sum(${name})::int`,
  greatest: (name) => `max(${name})`,
  least: (name) => `min(${name})`,
  newest: (name) => `(array_agg(${name} order by hour desc) filter (where ${name} is not null))[1]`,
}
const ofDay = columns.map(({ name, merge }) => summed[merge](name)).join(", ")

/** Adds the claimed rows of terminals in order to hours and days. The day's additions are those of its hours. */
export const addToRollups = async (
  db: Db,
  { claim, firstDay }: { claim: Claim; firstDay: string },
): Promise<void> => {
  await db.query(
    sql`create temporary table new_hour on commit drop as ${bucketed("hour, day", sql`(${newBeats(claim)})`, sql`new_sale`)}`,
  )
  await db.query(sql`
    insert into terminal_hour as r (terminal_id, hour, day, store_id, org_id, model_id, ${raw(names)})
    select terminal_id, hour, day, store_id, org_id, model_id, ${raw(names)}
      from new_hour
     where day >= ${firstDay}::date
     order by terminal_id, hour, store_id, day
    on conflict (terminal_id, hour, store_id, day) do update set model_id = excluded.model_id, ${raw(merges)}`)
  await db.query(sql`
    insert into terminal_day as r (terminal_id, day, store_id, org_id, model_id, ${raw(names)})
    select terminal_id, day, store_id, org_id, model_id, ${raw(ofDay)}
      from new_hour
     group by terminal_id, day, store_id, org_id, model_id
     order by terminal_id, day, store_id
    on conflict (terminal_id, day, store_id) do update set model_id = excluded.model_id, ${raw(merges)}`)
}
