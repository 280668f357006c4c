import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Inserted } from "@/lib/intake/ingest/noun"

/**
 * Inserts rows, given as objects by column name, in key order. A row with the same (terminal, at) adds
 * nothing. The table's row type reads the JSON, so a new column needs no change here.
 */
export const insertHeartbeats = (db: Db, rows: object[]) =>
  db.query<Inserted>(sql`
  with inserted as (
    insert into heartbeat
    select r.* from jsonb_populate_recordset(null::heartbeat, ${JSON.stringify(rows)}::jsonb) r
     order by r.terminal_id, r.at
    on conflict (terminal_id, at) do nothing
    returning batch_id)
  select batch_id, count(*) as count from inserted group by 1`)
