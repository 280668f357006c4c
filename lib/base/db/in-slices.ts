import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

const rowsAtOnce = 10_000

/**
 * Reads a statement's rows in slices and turns each slice into what is kept of it, so that large results are
 * not in memory twice. The transaction must not read another one in slices meanwhile.
 */
export async function inSlices<Row, Kept>(
  db: Db,
  statement: Sql,
  keep: (rows: Row[]) => Kept,
): Promise<Kept[]> {
  await db.query(sql`declare slices no scroll cursor for ${statement}`)
  const kept: Kept[] = []
  for (;;) {
    const rows = await db.query<Row>(raw(`fetch ${rowsAtOnce} from slices`))
    if (rows.length > 0) kept.push(keep(rows))
    if (rows.length < rowsAtOnce) break
  }
  await db.query(sql`close slices`)
  return kept
}
