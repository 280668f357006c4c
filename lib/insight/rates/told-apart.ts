import type { Db } from "@/lib/base/db/transaction"
import { storeNames } from "@/lib/fleet/stores/namesakes"

type Group = { value: string | null; label: string | null }

/** The store of a group: operators are `store:cashier`, lines `store:network`. */
const storeOf = ({ value }: Group): number => Number(value?.split(":")[0] ?? 0)

const ofStores = ["store", "operator", "line"]

/** Groups by a dimension, in which stores of the same name are told apart, with their cashiers and lines. */
export async function toldApart<Row extends Group>(
  db: Db,
  dimension: string,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  if (!ofStores.includes(dimension)) return rows
  const nameOf = await storeNames(db, rows.map(storeOf))
  return rows.map((row) => ({ ...row, label: row.label && nameOf(storeOf(row), row.label) }))
}
