import sql from "sql-template-tag"

/**
 * For the rest of the transaction, tables are read by index. Statistics of a time that moves are always
 * behind: the planner would take most rows for due, and read the whole table.
 */
export const stayOnIndex = sql`set local enable_seqscan = off`
