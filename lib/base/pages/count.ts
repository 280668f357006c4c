import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** Larger lists are not counted exactly, because a count reads every row. */
export const mostCounted = 10_000

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
