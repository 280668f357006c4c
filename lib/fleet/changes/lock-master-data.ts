import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/**
 * Locks master data until the transaction ends, so that slices of files and requests that give TIDs run one
 * at a time and see each other's rows.
 */
export const lockMasterData = (db: Db) =>
  db.query(
    sql`select pg_advisory_xact_lock(hashtext('tillwatch:master-data:' || current_setting('app.org_id')))`,
  )
