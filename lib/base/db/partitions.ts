import { DateTime } from "luxon"
import type pg from "pg"
import sql from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"
import { oneByOne } from "@/lib/base/db/one-by-one"
import { asWorker, dbOf, type Db } from "@/lib/base/db/transaction"

type Range = { from: DateTime; to: DateTime }
export type Partition = Range & { name: string }

// Rows are stored by the time as sent, so a slow clock reaches further back than retention.
const greatestClockOffsetDays = 7
/** A store's local day begins before or ends after the UTC day of the same date. */
export const hourMarginDays = 2

/** Today by the database's clock, which also decides what is kept. */
async function todayOf(db: Db): Promise<DateTime> {
  const [row] = await db.query<{ now: Date }>(sql`select now() as now`)
  return DateTime.fromJSDate(row?.now ?? new Date(), { zone: "utc" }).startOf("day")
}
const sqlTime = (at: DateTime) => `${at.toFormat("yyyy-MM-dd HH:mm:ss")}+00`

/** The partitions of `table` with their ranges, ascending. */
export async function partitionsOf(db: Db, table: string): Promise<Partition[]> {
  const rows = await db.query<{ name: string; bounds: string }>(sql`
    select c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bounds
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = ${table}::regclass`)
  return rows
    .map(({ name, bounds }) => {
      const [from, to] = [...bounds.matchAll(/'([^']+)'/g)].map((match) =>
        DateTime.fromSQL(match[1] ?? "", { zone: "utc" }),
      )
      if (!from?.isValid || !to?.isValid)
        throw new Error(`cannot read the partition bounds ${bounds} of ${table}`)
      return { name, from, to }
    })
    .toSorted((a, b) => a.from.toMillis() - b.from.toMillis())
}

/** The parts of `wanted` that no partition covers. */
function gaps(wanted: Range, taken: Range[]): Range[] {
  const free: Range[] = []
  let from = wanted.from
  for (const range of taken) {
    if (range.to <= from || range.from >= wanted.to) continue
    if (range.from > from) free.push({ from, to: range.from })
    from = range.to
  }
  if (from < wanted.to) free.push({ from, to: wanted.to })
  return free
}

/** The name of the partition of one UTC day, given as YYYY-MM-DD. */
export const dayPartition = (table: "heartbeat" | "transaction", day: string): string => {
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
  return `${table}_${day.replaceAll("-", "")}_${next.replaceAll("-", "")}`
}

const nameOf = (prefix: string, { from, to }: Range) =>
  `${prefix}_${from.toFormat("yyyyMMdd")}_${to.toFormat("yyyyMMdd")}`

// Creates the table first and attaches it then, which blocks neither readers nor writers.
async function createPartition(
  client: pg.Client,
  { table, prefix, type }: Plan,
  range: Range,
): Promise<void> {
  const name = nameOf(prefix ?? table, range)
  // Rollups are updated often. Free space on a page allows updates that do not touch indexes.
  const isRollup = table !== "heartbeat" && table !== "transaction"
  const bound = (at: DateTime) => (type === "date" ? `'${at.toISODate()}'` : `'${sqlTime(at)}'`)
  await client.query("begin; set local lock_timeout = '10s'")
  try {
    await oneByOne(dbOf(client))
    await client.query(
      `create table if not exists ${name} (like ${table} including defaults including constraints)` +
        (isRollup ? " with (fillfactor = 70)" : ""),
    )
    if (!isRollup) await client.query(`grant insert on ${name} to tillwatch_ingest`)
    await client.query(
      `alter table ${table} attach partition ${name}
        for values from (${bound(range.from)}) to (${bound(range.to)})`,
    )
    await client.query("commit")
  } catch (error) {
    await client.query("rollback")
    throw error
  }
}

type Plan = { table: string; prefix?: string; type: "timestamptz" | "date"; ranges: Range[] }

/** Takes a lock, so that one process at a time changes partitions. The second then finds nothing to do. */
export async function inTurn<T>(client: pg.Client, run: () => Promise<T>): Promise<T> {
  await client.query("select pg_advisory_lock(hashtext('tillwatch:partitions'))")
  try {
    return await run()
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('tillwatch:partitions'))")
  }
}

async function missingOf(db: Db, { table, ranges }: Plan): Promise<Range[]> {
  const taken = await partitionsOf(db, table)
  return ranges.flatMap((wanted) => gaps(wanted, taken))
}

async function makeMissing(client: pg.Client, plan: Plan): Promise<number> {
  const missing = await missingOf(dbOf(client), plan)
  for (const range of missing) await createPartition(client, plan, range)
  return missing.length
}

/** The rollups of places. Each has the partitions of the terminals' rollup that it sums. */
const placeTables = [
  { table: "place_hour", terminals: "terminal_hour", type: "timestamptz" },
  { table: "place_day", terminals: "terminal_day", type: "date" },
] as const

const makePartitions = (client: pg.Client, plans: Plan[]): Promise<number> =>
  inTurn(client, async () => {
    let made = 0
    for (const plan of plans) made += await makeMissing(client, plan)
    for (const { table, terminals, type } of placeTables)
      made += await makeMissing(client, { table, type, ranges: await partitionsOf(dbOf(client), terminals) })
    return made
  })

const days = (from: DateTime, to: DateTime): Range[] => split(from, to, { days: 1 })
const weeks = (from: DateTime, to: DateTime): Range[] => split(from.startOf("week"), to, { weeks: 1 })
const yearOf = (year: number): Range => ({ from: DateTime.utc(year), to: DateTime.utc(year + 1) })

function split(from: DateTime, to: DateTime, step: { days: number } | { weeks: number }): Range[] {
  const ranges: Range[] = []
  for (let at = from; at < to; at = at.plus(step)) ranges.push({ from: at, to: at.plus(step) })
  return ranges
}

/**
 * Makes the partitions for the longest retention of any organisation and the coming week: raw rows by day,
 * hours and operators' days by week, days by year. Returns how many.
 */
export const ensurePartitions = (): Promise<number> =>
  asOwner(async (client) => {
    const { rows } = await client.query<{ raw: number; hours: number }>(
      `select coalesce(max(raw_retention_days), 35) as raw, coalesce(max(hour_retention_days), 90) as hours
         from organisation`,
    )
    const { raw, hours } = rows[0] ?? { raw: 35, hours: 90 }
    const today = await todayOf(dbOf(client))
    const rawDays = days(today.minus({ days: raw + greatestClockOffsetDays + 1 }), today.plus({ days: 8 }))
    const hourWeeks = weeks(today.minus({ days: hours + hourMarginDays }), today.plus({ weeks: 2 }))
    const { year } = today
    return makePartitions(client, [
      { table: "heartbeat", type: "timestamptz", ranges: rawDays },
      { table: "transaction", type: "timestamptz", ranges: rawDays },
      { table: "terminal_hour", type: "timestamptz", ranges: hourWeeks },
      { table: "operator_day", type: "date", ranges: hourWeeks },
      { table: "terminal_day", type: "date", ranges: [year - 1, year, year + 1].map(yearOf) },
    ])
  })

/** The partitions that imported history of these times needs: their years, except where partitions exist. */
async function historyPlans(db: Db, times: readonly Date[]): Promise<Plan[]> {
  const firstDay = (await todayOf(db)).minus({ days: 1 })
  // Times that have a partition are skipped. Otherwise days that were dropped would be made again.
  const restOf = async (table: string): Promise<Range[]> => {
    const taken = await partitionsOf(db, table)
    const isTaken = (at: Date) =>
      taken.some(({ from, to }) => at.getTime() >= from.toMillis() && at.getTime() < to.toMillis())
    return yearsOf(times.filter((at) => !isTaken(at)))
      .map(yearOf)
      .filter(({ from }) => from < firstDay)
      .map(({ from, to }) => ({ from, to: to < firstDay ? to : firstDay }))
  }
  // A day in the store's zone can fall into the year before or after the UTC year.
  const dayYears = [...new Set(yearsOf(times).flatMap((year) => [year - 1, year, year + 1]))].toSorted(
    (a, b) => a - b,
  )
  return [
    {
      table: "heartbeat",
      prefix: "heartbeat_history",
      type: "timestamptz",
      ranges: await restOf("heartbeat"),
    },
    {
      table: "transaction",
      prefix: "transaction_history",
      type: "timestamptz",
      ranges: await restOf("transaction"),
    },
    { table: "terminal_day", type: "date", ranges: dayYears.map(yearOf) },
  ]
}

/**
 * Makes the partitions that imported history of these times needs. Connects as the owner only if one is
 * missing.
 */
export async function ensureHistoryPartitions(times: readonly Date[]): Promise<number> {
  const plans = await asWorker(async (db) => {
    const missing: Plan[] = []
    for (const plan of await historyPlans(db, times))
      if ((await missingOf(db, plan)).length > 0) missing.push(plan)
    return missing
  })
  return plans.length === 0 ? 0 : asOwner((client) => makePartitions(client, plans))
}

const yearsOf = (times: readonly Date[]): number[] => [...new Set(times.map((at) => at.getUTCFullYear()))]
