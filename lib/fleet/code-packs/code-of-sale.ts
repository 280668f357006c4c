import sql, { raw, type Sql } from "sql-template-tag"

/** The code of raw row `h`, with its system. Null if it has none. */
export const codeOfSale = sql`coalesce(h.code_system, '') || ':' || h.code`

/** What the code of a failed raw row says, with its row `c` of a code table. */
export const subcauseOf = (row: "h" | "m"): Sql => sql`
  case when c.cause <> 'none' then c.subcause
       when ${raw(row)}.code is null then 'unspecified'
       else 'unmapped' end`
