import sql, { raw } from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"
import { isDistributed } from "@/lib/base/db/groups"
import { asWorker, dbOf, type Db } from "@/lib/base/db/transaction"

/** A table with fewer pages is read in no time, whatever the planner thinks of it. */
const fewPages = 8

/** Tables with more than twice the pages that they had when the planner last looked at them. */
const grownTables = (db: Db) =>
  db.query<{ name: string }>(sql`
  select c.oid::regclass::text as name
    from pg_class c
   where c.relnamespace = (select relnamespace from pg_class where oid = 'terminal'::regclass)
     and c.relkind = 'r' and not c.relispartition
     and pg_relation_size(c.oid)
         > 2 * greatest(c.relpages, ${fewPages}::int) * current_setting('block_size')::bigint`)

/**
 * Shows the planner tables that have grown, and returns how many. PostgreSQL does so by itself, but usually
 * waits for a minute. Until then the planner takes a new fleet for one active terminal, and some statements
 * compare each terminal with all others. Partitions are left to PostgreSQL: their sizes are enough for plans.
 */
export async function analyseGrown(): Promise<number> {
  if (await isDistributed()) return 0
  const grown = await asWorker(grownTables)
  if (grown.length === 0) return 0
  return asOwner(async (client) => {
    for (const { name } of grown) await dbOf(client).query(raw(`analyze (skip_locked) ${name}`))
    return grown.length
  })
}
