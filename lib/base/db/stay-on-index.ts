import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/**
 * For the rest of the transaction, tables are read by index alone. Statistics of a time that moves are always
 * behind: the planner would take most rows for due, and read the whole table. Unlike a bitmap, a plain scan
 * of an index also marks entries of rows that have moved, so that the next round does not visit them.
 */
export async function stayOnIndex(db: Db): Promise<void> {
  await db.query(sql`set local enable_seqscan = off`)
  await db.query(sql`set local enable_bitmapscan = off`)
}

/**
 * For the rest of the transaction, each row that is joined is looked up by itself in an index. Where a few
 * values have most rows, the planner takes all others to have many, and would read the whole table.
 */
export async function lookUpEach(db: Db): Promise<void> {
  await stayOnIndex(db)
  await db.query(sql`set local enable_hashjoin = off`)
  await db.query(sql`set local enable_mergejoin = off`)
}
