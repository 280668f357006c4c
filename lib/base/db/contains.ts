import sql, { join, type Sql } from "sql-template-tag"

/** Whether one of the columns contains what somebody searches for, letter for letter but for upper and lower case. */
export const contains = (columns: readonly [Sql, ...Sql[]], searched: string): Sql =>
  sql`(${join(
    columns.map((column) => sql`strpos(lower(${column}), lower(${searched}::text)) > 0`),
    " or ",
  )})`
