import sql from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"
import { ensurePartitions } from "@/lib/base/db/partitions"
import { asWorker } from "@/lib/base/db/transaction"

/** Makes the partitions for `days` days of raw rows, as if one organisation had this retention. */
export async function givenRawDays(orgId: string, days: number): Promise<void> {
  const set = (value: number) =>
    asWorker((db) =>
      db.query(sql`update organisation set raw_retention_days = ${value}::int where id = ${orgId}::uuid`),
    )
  await set(days)
  await ensurePartitions()
  await set(35)
}

/** All partitions of `table`: attached, being detached, or detached and not dropped. */
export const partitionNames = (table: string): Promise<string[]> =>
  asOwner(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class
        where relkind = 'r' and relname ~ ('^' || $1 || '_[0-9]{8}') order by 1`,
      [table],
    )
    return rows.map(({ name }) => name)
  })
