import sql from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"

/** What PostgreSQL needs to count the time of statements. */
export const statementSettings = {
  shared_preload_libraries: "pg_stat_statements",
  "pg_stat_statements.track_planning": "on",
  track_wal_io_timing: "on",
}

export const countStatements = () =>
  asOwner((client) => client.query("create extension if not exists pg_stat_statements"))

export const forgetStatements = () => asOwner((client) => client.query("select pg_stat_statements_reset()"))

export type Statement = { role: string; statement: string; calls: number; milliseconds: number }

/** The statements that took longest in all, with their planning. */
export const longestStatements = (most: number): Promise<Statement[]> =>
  asOwner(async (client) => {
    const { rows } = await client.query<Statement>(sql`
      select r.rolname as role, regexp_replace(left(s.query, 400), '\\s+', ' ', 'g') as statement,
             s.calls::int as calls, s.total_exec_time + s.total_plan_time as milliseconds
        from pg_stat_statements s
        join pg_roles r on r.oid = s.userid
       order by milliseconds desc
       limit ${most}::int`)
    return rows
  })
