import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { NewHours, Rollups, Touched } from "@/lib/rollups/fold/sql/tables"

/** A standing is of seven days of its store; days that no zone has any more change none. */
const mayCount = sql`day > now()::date - 9`

// Without a conflict to look for: a row that another transaction is just taking says nothing of this one.
const noted = (rollups: Rollups, rows: Sql): Sql => sql`
  insert into ${rollups.standings} (org_id, terminal_id, changed_at)
  select org_id, terminal_id, now() from ${rows}
   group by org_id, terminal_id
  on conflict do nothing`

/** Notes terminals in order with new sales as to be ranked again. */
export const noteNewStandings = (db: Db, { rollups, newHours }: { rollups: Rollups; newHours: NewHours }) =>
  db.query(noted(rollups, sql`${newHours} where raw_attempts > 0 and ${mayCount}`))

/** Notes terminals of which days were counted again. Terminal 0 stands for none. */
export const noteTouchedStandings = (db: Db, { rollups, touched }: { rollups: Rollups; touched: Touched }) =>
  db.query(noted(rollups, sql`${touched} where terminal_id <> 0 and has_sales and ${mayCount}`))
