import sql, { raw, type Sql } from "sql-template-tag"
import { inSlices } from "@/lib/base/db/in-slices"
import type { Db } from "@/lib/base/db/transaction"
import { channels, type Channel } from "@/lib/fleet/code-packs/cause"
import { kinds, subkinds, type Kind, type Subkind } from "@/lib/fleet/code-packs/kind"
import { operatorChannels } from "@/lib/rollups/fold/sql/operators"

/** Later than this, a sale or a heartbeat counts in the rollups alone. */
export const lateDays = 3

type Night = { orgId: string; night: string }
/** The first day that has all its expected counts; null if all days have. */
type From = { expectedFrom: string | null }

const observedNames = [...channels.map((kind) => `ch_${kind}`), ...subkinds.map((kind) => `k_${kind}`)]
export const readers = ["chip", "tap", "swipe"] as const
const readNames = readers.flatMap((reader) => [`${reader}_reads`, `${reader}_failures`])
const crashHours = "sum(bit_count(beat_hours::bit(64))::float8) filter (where app_crashes is not null)"

type Counting = {
  table: Sql
  rollup: Sql
  key: readonly string[]
  /** The columns of the night, each with how it is summed from the rollup. */
  columns: readonly { name: string; summed: string }[]
}

/** Whole numbers below 2^53 are exact as float8, and sums of numeric would take most of the time. */
const summed = (value: string) => `sum(${value}::float8)`

const plain = (names: readonly string[]) => names.map((name) => ({ name, summed: summed(name) }))

const ofTerminals: Counting = {
  table: raw("night_terminal"),
  rollup: raw("terminal_day"),
  key: ["terminal_id", "day"],
  columns: [
    ...plain([
      "presentments",
      ...observedNames,
      ...kinds.map((kind) => `e_${kind}`),
      ...readNames,
      "app_crashes",
    ]),
    { name: "crash_hours", summed: crashHours },
  ],
}

const ofOperators: Counting = {
  table: raw("night_operator"),
  rollup: raw("operator_day"),
  key: ["terminal_id", "operator", "day"],
  columns: plain([
    ...operatorChannels.map((kind) => `ch_${kind}`),
    ...operatorChannels.map((kind) => `e_${kind}`),
  ]),
}

/**
 * Counts a night: by how much the rollups differ from all that the nights before have counted of these days.
 * A night that is counted again forgets what it had counted.
 */
async function count(
  db: Db,
  { table, rollup, key, columns }: Counting,
  { orgId, night, expectedFrom }: Night & From,
): Promise<void> {
  const keys = raw(key.join(", "))
  const names = raw(columns.map(({ name }) => name).join(", "))
  const listed = (each: (column: Counting["columns"][number]) => string, separator = ", ") =>
    raw(columns.map(each).join(separator))
  const first = sql`${night}::date - ${lateDays}::int`
  await db.query(sql`
    delete from ${table}
     where org_id = ${orgId}::uuid and (night >= ${night}::date or day < ${first})`)
  await db.query(sql`
    with counted as (
      select ${keys}, ${listed(({ name }) => `${summed(name)} as ${name}`)}
        from ${table}
       where org_id = ${orgId}::uuid
       group by ${keys}),
    stored as (
      select ${keys}, ${listed(({ name, summed: sum }) => `coalesce(${sum}, 0) as ${name}`)}
        from ${rollup}
       where org_id = ${orgId}::uuid and day between ${first} and ${night}::date
         and day >= coalesce(${expectedFrom}::date, '-infinity')
       group by ${keys}),
    change as (
      select ${keys}, ${listed(({ name }) => `coalesce(s.${name}, 0) - coalesce(c.${name}, 0) as ${name}`)}
        from stored s
        full join counted c using (${keys}))
    insert into ${table} (org_id, night, ${keys}, ${names})
    select ${orgId}::uuid, ${night}::date, ${keys}, ${names}
      from change
     where ${listed(({ name }) => `${name} <> 0`, " or ")}`)
}

export const countTerminals = (db: Db, night: Night & From) => count(db, ofTerminals, night)
export const countOperators = (db: Db, night: Night & From) => count(db, ofOperators, night)

type Reader = (typeof readers)[number]
export type TerminalRow = {
  terminal_id: number
  day: string
  presentments: number
  app_crashes: number
  crash_hours: number
} & Record<`ch_${Channel}` | `k_${Subkind}` | `e_${Kind}` | `${Reader}_${"reads" | "failures"}`, number>

/** What a night has counted, by terminal and day. */
export const terminalsOf = <T>(db: Db, { orgId, night }: Night, keep: (rows: TerminalRow[]) => T) =>
  inSlices(
    db,
    sql`
    select terminal_id, day, ${raw(ofTerminals.columns.map(({ name }) => name).join(", "))}
      from night_terminal
     where org_id = ${orgId}::uuid and night = ${night}::date`,
    keep,
  )

type OperatorChannel = (typeof operatorChannels)[number]
export type OperatorRow = { terminal_id: number; operator: string; day: string } & Record<
  `${"ch" | "e"}_${OperatorChannel}`,
  number
>

/** What a night has counted, by terminal, operator and day. */
export const operatorsOf = <T>(db: Db, { orgId, night }: Night, keep: (rows: OperatorRow[]) => T) =>
  inSlices(
    db,
    sql`
    select terminal_id, operator, day, ${raw(ofOperators.columns.map(({ name }) => name).join(", "))}
      from night_operator
     where org_id = ${orgId}::uuid and night = ${night}::date`,
    keep,
  )

/** The first day whose rollups have all their expected counts. */
export const expectedFromOf = (db: Db, orgId: string) =>
  db.query<{ day: string | null }>(sql`
    select expected_from as day from organisation where id = ${orgId}::uuid`)
