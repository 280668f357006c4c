import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"

/** Whether the organisation has at least so many terminals. Counts no further. */
export async function hasTerminals(db: Db, fewest: number): Promise<boolean> {
  const [found] = await db.query<{ has: boolean }>(sql`
    select count(*) >= ${fewest}::int as has
      from (select 1 from terminal where org_id = ${ownOrg} limit ${fewest}::int) t`)
  return found?.has ?? false
}
