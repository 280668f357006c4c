import sql, { empty, type Sql } from "sql-template-tag"

/** The terminals that a limited reader may see. Null for all. */
export type Terminals = { terminals: readonly number[] | null }

/** Limits a column to these terminals, so that row-level security does not look at those of all others. */
export const among = (column: Sql, terminals: Terminals["terminals"]): Sql =>
  terminals === null ? empty : sql`and ${column} = any(${[...terminals]}::bigint[])`
