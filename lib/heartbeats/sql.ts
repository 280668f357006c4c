import sql from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"

/**
 * Inserts rows, given as objects by column name, in key order; the same (terminal, at) again adds nothing.
 * Answers how many were new. The table's own row type reads the JSON, so a new column needs no word here.
 */
export async function insertHeartbeats(db: Db, rows: object[]): Promise<number> {
  const [counted] = await db.query<{ count: number }>(sql`
    with inserted as (
      insert into heartbeat
      select r.* from jsonb_populate_recordset(null::heartbeat, ${JSON.stringify(rows)}::jsonb) r
       order by r.terminal_id, r.at
      on conflict (terminal_id, at) do nothing
      returning 1)
    select count(*) as count from inserted`)
  return counted?.count ?? 0
}
