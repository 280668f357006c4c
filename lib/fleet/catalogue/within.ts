import sql, { empty, type Sql } from "sql-template-tag"

/**
 * Limits a column to the terminals in these stores, or not if it is null. Policies limit the reader in any
 * case, but they look at each terminal of the organisation. Naming the stores lets the planner begin with
 * them.
 */
export const within = (terminal: Sql, stores: readonly number[] | null): Sql =>
  stores === null
    ? empty
    : sql`and ${terminal} in (
        select terminal_id from terminal_store
         where to_at is null and store_id = any(${[...stores]}::bigint[]))`

/** What terminals are counted for: one entry of the catalogue or all, in a limited reader's stores or all. */
export type Counted = { id?: number | null; stores?: readonly number[] | null }
