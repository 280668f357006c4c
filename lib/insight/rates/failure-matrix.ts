import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { failureRates } from "@/lib/insight/rates/failure-rates"
import { rate } from "@/lib/insight/rates/rate"
import { storeCells, type CellRow } from "@/lib/insight/rates/rates-sql"
import { readingOf } from "@/lib/insight/rates/reading"
import type { FailureMatrix, FailureMatrixQuery, FailureRatePage } from "@/lib/insight/rates/schemas"
import { sharesOfTotal } from "@/lib/insight/rates/words"

const mostStores = 20
const mostValues = 12

type Input = { actor: Actor; query: FailureMatrixQuery; now?: Date }

/** Failure rates of the stores with most failures, by a dimension. By cause, all causes count. */
export async function failureMatrix({ actor, query, now = new Date() }: Input): Promise<FailureMatrix> {
  requirePermission(actor, "fleet:read")
  const { groupBy, cause, from, to, range, compareFrom, compareTo, ...others } = query
  const filters = groupBy === "cause" ? others : { ...others, cause }
  const wanted = { from, to, range, compareFrom, compareTo }
  const { used, ...reading } = await inOrganisation(actor, (db) =>
    readingOf(db, { actor, wanted, filters, daysOnly: true, now }),
  )
  const ofDays = {
    ...filters,
    ...(compareFrom === undefined ? {} : { compareFrom, compareTo }),
    from: used.days.first,
    to: used.days.last,
  }
  const byStore = await failureRates({ actor, query: { ...ofDays, groupBy: "store" }, now })
  const byValue = await failureRates({ actor, query: { ...ofDays, groupBy }, now })
  const stores = byStore.data.slice(0, mostStores)
  const values = byValue.data.filter(({ value }) => value !== null).slice(0, mostValues)
  const ids = stores.map(({ value }) => Number(value))
  const cells = await inOrganisation(actor, (db) => storeCells(db, groupBy, reading, ids))
  const cellsOf = cellsByStore(cells, { ofTotal: sharesOfTotal.includes(groupBy), values })
  return {
    stores: stores.map((store) => ({
      id: Number(store.value),
      name: store.label ?? "",
      ...tallyOf(store),
      cells: cellsOf(Number(store.value)),
    })),
    values: values.map((row) => ({ value: row.value, label: row.label, ...tallyOf(row) })),
    groupBy,
    from: used.from,
    to: used.to,
    days: used.days,
    previousPeriod: used.previous,
    asOf: byValue.asOf,
  }
}

type Tally = { attempts: number; failures: number; rate: number | null }
const tallyOf = ({ attempts, failures, rate: of }: Tally): Tally => ({ attempts, failures, rate: of })

type Columns = { ofTotal: boolean; values: FailureRatePage["data"] }

/** The cells of a store in the order of the values. With `ofTotal`, all have the store's sales. */
function cellsByStore(rows: readonly CellRow[], { ofTotal, values }: Columns) {
  const sales = new Map<number, number>()
  for (const { storeId, presentments } of rows) sales.set(storeId, (sales.get(storeId) ?? 0) + presentments)
  const known = new Map(rows.map((row) => [`${row.storeId} ${row.value}`, row]))
  return (storeId: number): (Tally | null)[] =>
    values.map(({ value }) => {
      const cell = known.get(`${storeId} ${value}`)
      const attempts = (ofTotal ? sales.get(storeId) : cell?.presentments) ?? 0
      if (attempts === 0) return null
      const failures = cell?.failures ?? 0
      return { attempts, failures, rate: rate(failures, attempts) }
    })
}
