import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** Larger lists are not counted exactly, because a count reads every row. */
export const mostCounted = 10_000

/**
 * The ids that a look-up by index finds, if they are no more than are counted. Otherwise the index of a
 * list's order soon meets enough of them.
 */
export async function fewIds(
  find: (most: number) => Promise<{ id: number }[]>,
): Promise<number[] | undefined> {
  const rows = await find(mostCounted + 1)
  return rows.length > mostCounted ? undefined : rows.map(({ id }) => id)
}

/** The number of rows that a statement finds, exact up to 10,000. */
export async function countRows(
  db: Db,
  found: Sql,
  most = mostCounted,
): Promise<{ total: number; isTotalExact: boolean }> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count from (${found} limit ${most + 1}) as found`)
  const count = row?.count ?? 0
  return { total: Math.min(count, most), isTotalExact: count <= most }
}
