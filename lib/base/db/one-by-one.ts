import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/**
 * Makes Citus use one connection to each node. Without it a transaction that has read distributed tables may
 * not change copied ones, and one that attaches a partition may wait for itself. A single server has no use
 * for the setting.
 */
export const oneByOne = (db: Db) => db.query(sql`set local citus.multi_shard_modify_mode = 'sequential'`)
