import sql, { join, type Sql } from "sql-template-tag"

/** Whether one of the columns contains a text, ignoring case. `%` and `_` are ordinary characters. */
export const contains = (columns: readonly [Sql, ...Sql[]], searched: string): Sql =>
  sql`(${join(
    columns.map((column) => sql`strpos(lower(${column}), lower(${searched}::text)) > 0`),
    " or ",
  )})`
