import sql from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"

const rows = 1_000_000

/**
 * Creates a table of a million rows of about 130 bytes, and returns a function that scans it. The work is
 * always the same, so ratios to it can be compared between runs and machines.
 */
export async function givenYardstick(): Promise<() => Promise<void>> {
  await asOwner(async (client) => {
    await client.query(sql`
      create table yardstick as
      select n, repeat('x', 100) as padding from generate_series(1, ${rows}::int) n`)
    await client.query("grant select on yardstick to tillwatch_worker")
    await client.query("vacuum (analyze) yardstick")
  })
  return () =>
    asWorker(async (db) => {
      // Without parallel workers, so that the number of cores does not matter.
      await db.query(sql`set local max_parallel_workers_per_gather = 0`)
      await db.query(sql`select count(*) from yardstick where n % 7 = 0`)
    })
}
