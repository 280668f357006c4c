import sql, { raw, type Sql } from "sql-template-tag"
import { inSlices } from "@/lib/base/db/in-slices"
import type { Db } from "@/lib/base/db/transaction"
import { distinctTexts, type DistinctTexts } from "@/lib/base/text/distinct-texts"
import { addDays } from "@/lib/base/time/zone"
import { channels } from "@/lib/fleet/code-packs/cause"
import { kinds, subkinds, type Kind } from "@/lib/fleet/code-packs/kind"
import { makeRates } from "@/lib/rollups/fold/sql/rates"
import { makeSales } from "@/lib/rollups/fold/sql/sales"
import type { Sales, Touched } from "@/lib/rollups/fold/sql/tables"
import { analyse, makeTemporary } from "@/lib/rollups/fold/sql/temporary"

/** Of how many terminals one is taken, and which of them. */
export type Sample = { oneOf: number; which: number }
type OneDay = { orgId: string; day: string }

/** How many terminals sold something on a day. */
export const sellersOn = (db: Db, { orgId, day }: OneDay) =>
  db.query<{ count: number }>(sql`
    select count(distinct terminal_id) as count
      from terminal_day
     where org_id = ${orgId}::uuid and day = ${day}::date and presentments > 0`)

/** Like `makeTouched`, for reading: the places of a sample of the terminals that sold something on a day. */
async function makeSampled(db: Db, { orgId, day, oneOf, which }: OneDay & Sample): Promise<Touched> {
  const touched: Touched = await makeTemporary(
    db,
    "touched",
    sql`
    select d.terminal_id, d.store_id, d.org_id, s.time_zone, d.day, false as has_sales
      from terminal_day d
      join store s on s.id = d.store_id
     where d.org_id = ${orgId}::uuid and d.day = ${day}::date and d.presentments > 0
       and d.terminal_id % ${oneOf}::bigint = ${which}::bigint`,
  )
  await analyse(db, touched)
  return touched
}

type Failures = Readonly<Partial<Record<Kind, number>>>

export type SalesCell = {
  terminal_id: number
  store_id: number
  acquirer: string
  issuer: string
  scheme: string
  entry_mode: string
  presentments: number
  e_issuer: number
  e_tech: number
  /** Of the kinds that failed. */
  failures: Failures
}
type SalesRow = Omit<SalesCell, "failures"> & Record<`${Kind}_failures`, number>

const none: Failures = {}

const failures = [
  ...channels.map((channel) => `count(*) filter (where channel = '${channel}')::int as ${channel}_failures`),
  ...subkinds.map((kind) => `count(*) filter (where kind = '${kind}')::int as ${kind}_failures`),
]

/**
 * All sales of a sample of terminals on a day, from raw rows. `waiting` are the batches that are not folded
 * yet.
 */
export async function makeDaySales(
  db: Db,
  { waiting, ...one }: OneDay & Sample & { waiting: number[] },
): Promise<Sales> {
  const { orgId, day } = one
  const touched = await makeSampled(db, one)
  const rates = await makeRates(db, { orgId, firstDay: day, lastDay: day })
  const [from, to] = [new Date(addDays(day, -1)), new Date(addDays(day, 2))]
  return makeSales(db, { touched, rates, waiting, from, to })
}

/** Presentments by terminal, acquirer, issuer and entry mode. */
export async function salesCells(db: Db, sales: Sales): Promise<SalesCell[]> {
  const texts = distinctTexts()
  const slices = await inSlices(db, cellsIn(sales), (rows: SalesRow[]) =>
    rows.map((row) => cellOf(row, texts)),
  )
  return slices.flat()
}

const cellOf = (row: SalesRow, texts: DistinctTexts): SalesCell => ({
  terminal_id: row.terminal_id,
  store_id: row.store_id,
  acquirer: texts.one(row.acquirer),
  issuer: texts.one(row.issuer),
  scheme: texts.one(row.scheme),
  entry_mode: texts.one(row.entry_mode),
  presentments: row.presentments,
  e_issuer: row.e_issuer,
  e_tech: row.e_tech,
  failures: failuresIn(row),
})

/** Most cells have none: these share one object. */
function failuresIn(row: SalesRow): Failures {
  const failed = kinds.filter((kind) => row[`${kind}_failures`] > 0)
  if (failed.length === 0) return none
  return Object.fromEntries(failed.map((kind) => [kind, row[`${kind}_failures`]]))
}

const cellsIn = (sales: Sales): Sql => sql`
    select terminal_id, store_id, acquirer, issuer, scheme, entry_mode, count(*)::int as presentments,
           ${raw(failures.join(", "))},
           coalesce(sum(r_issuer), 0)::bigint as e_issuer, coalesce(sum(r_tech), 0)::bigint as e_tech
      from ${sales}
     where not is_retry and entry_mode <> 'ecommerce'
     group by 1, 2, 3, 4, 5, 6`
