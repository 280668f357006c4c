import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** More are not counted: a count reads every row. */
export const mostCounted = 10_000

/** How many rows a statement finds: exactly up to 10,000. */
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
