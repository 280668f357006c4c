import sql, { type Sql } from "sql-template-tag"
import type { Actor } from "@/lib/access/actor/actor"
import { asWorker } from "@/lib/base/db/transaction"
import { failureRates } from "@/lib/insight/rates/failure-rates"
import { FailureRateQuery, type FailureRatePage } from "@/lib/insight/rates/schemas"
import { expectedNames } from "@/lib/rollups/fold/sql/bucket-columns"
import { sumPlaces } from "@/tests/support/rollups"

// Rows of rollups as the fold writes them. `now` is within the partitions that exist today.
export const hourMs = 3_600_000
export const thisHour = Math.floor(Date.now() / hourMs) * hourMs
export const now = new Date(thisHour + 10 * 60_000)
export const hour = (back: number) => new Date(thisHour - back * hourMs).toISOString()
export const utcDay = (back: number) => new Date(thisHour - back * 24 * hourMs).toISOString().slice(0, 10)

const counts = [
  "presentments",
  "failures",
  "device",
  "card",
  "system",
  "raw_attempts",
  "raw_failures",
  "raw_device",
  "raw_card",
] as const
type Counts = Partial<Record<(typeof counts)[number], number>>
type TerminalRow = { terminal_id: number; store_id: number; model_id?: number } & Counts
const rowOf = (row: object) => ({
  beats: 0,
  beat_hours: 0,
  presentments: 0,
  failures: 0,
  device: 0,
  card: 0,
  operator: 0,
  system: 0,
  unknown: 0,
  raw_attempts: 0,
  raw_failures: 0,
  raw_device: 0,
  raw_card: 0,
  raw_operator: 0,
  raw_system: 0,
  raw_unknown: 0,
  raw_cancelled: 0,
  ecommerce: 0,
  signal_count: 0,
  latency_count: 0,
  ch_issuer: 0,
  ch_user: 0,
  ch_tech: 0,
  ch_chip: 0,
  ch_contactless: 0,
  ch_magstripe: 0,
  ...Object.fromEntries(expectedNames.map((name) => [name, 0])),
  ...row,
})

const insert = (table: Sql, rows: object[]) =>
  asWorker((db) =>
    db.query(sql`
      insert into ${table}
      select r.* from jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb) r`),
  )

/** Inserts hours of terminals, their days and their places, as the fold makes them. */
export async function givenHours(orgId: string, rows: (TerminalRow & { hour: string })[]): Promise<void> {
  const hours = rows.map((row) => rowOf({ org_id: orgId, day: row.hour.slice(0, 10), ...row }))
  await insert(sql`terminal_hour`, hours)
  const days = new Map<string, Record<string, unknown>>()
  for (const { hour: _, ...row } of hours as Record<string, unknown>[]) {
    const key = `${String(row["terminal_id"])} ${String(row["store_id"])} ${String(row["day"])}`
    const day = days.get(key)
    if (!day) days.set(key, { ...row })
    else for (const name of counts) day[name] = Number(day[name] ?? 0) + Number(row[name] ?? 0)
  }
  await insert(sql`terminal_day`, [...days.values()])
  await sumPlaces(orgId)
}

/** Inserts days of terminals and their places. */
export async function givenDays(orgId: string, rows: (TerminalRow & { day: string })[]): Promise<void> {
  await insert(
    sql`terminal_day`,
    rows.map((row) => rowOf({ org_id: orgId, ...row })),
  )
  await sumPlaces(orgId)
}

export type Segment = {
  store_id: number
  day: string
  dimension: string
  value: string
  cause?: string
  subcause?: string
  n: number
  failed?: number
}
/** Inserts the stores' rows, and their sums as the organisation's rows (store 0). */
export const givenSegments = (orgId: string, segments: Segment[]) =>
  asWorker(async (db) => {
    const rows = segments.map(({ n, failed = 0, ...row }) => ({
      cause: "",
      subcause: "",
      ...row,
      presentments: n,
      failures: failed,
      raw_attempts: n,
      raw_failures: failed,
    }))
    await db.query(sql`
    with given as (select *
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (store_id bigint, day date,
        dimension text, value text,
      cause text, subcause text, presentments int, failures int, raw_attempts int, raw_failures int))
    insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments,
      failures, raw_attempts, raw_failures)
    select ${orgId}::uuid, store_id, day, dimension, value, cause, subcause, presentments, failures,
           raw_attempts, raw_failures from given
    union all
    select ${orgId}::uuid, 0, day, dimension, value, cause, subcause, sum(presentments), sum(failures),
           sum(raw_attempts), sum(raw_failures)
      from given group by day, dimension, value, cause, subcause`)
  })

/** Reads failure rates as of `now`. */
export const readRates = (actor: Actor, query: Record<string, unknown>) =>
  failureRates({ actor, query: FailureRateQuery.parse(query), now })
/** Rows as [value, attempts, failures, previous attempts, previous failures]. */
export const figures = (page: FailureRatePage) =>
  page.data.map(({ value, attempts, failures, previous }) => [
    value,
    attempts,
    failures,
    previous.attempts,
    previous.failures,
  ])
