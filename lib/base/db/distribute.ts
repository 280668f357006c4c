import type pg from "pg"
import { hasCitus } from "@/lib/base/db/citus"
import { asOwner } from "@/lib/base/db/client"
import { distributionPlan, type Catalog } from "@/lib/base/db/distribution"
import { AppError } from "@/lib/base/errors"

type Distribute = { isDryRun: boolean; onStatement: (statement: string) => void }

/**
 * Distributes the tables over the servers of a Citus cluster, as far as they are not yet. Returns the
 * number of statements.
 */
export const distribute = ({ isDryRun, onStatement }: Distribute): Promise<number> =>
  asOwner(async (client) => {
    if (!(await hasCitus(client))) {
      throw new AppError(
        "invalid",
        "This database has no Citus. Point DATABASE_OWNER_URL at a Citus coordinator and run " +
          "create extension citus there. A single PostgreSQL needs no distribution.",
      )
    }
    const catalog = await readCatalog(client)
    if (!catalog.tables.includes("heartbeat"))
      throw new AppError("invalid", "The database has no tables yet. Run npm run db:migrate first.")
    const plan = distributionPlan(catalog)
    for (const statement of plan) {
      onStatement(statement)
      if (!isDryRun) await client.query(statement)
    }
    return plan.length
  })

const catalogQuery = `
  with own as (
    select oid, relname::text as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition)
  select current_database() as database,
         (select coalesce(json_agg(name order by name), '[]') from own) as tables,
         (select coalesce(json_agg(json_build_object('from', f.name, 'to', t.name) order by f.name, t.name),
           '[]')
            from pg_constraint k join own f on f.oid = k.conrelid join own t on t.oid = k.confrelid
           where k.contype = 'f') as "references",
         (select coalesce(json_agg(own.name), '[]') from pg_dist_partition d
           join own on own.oid = d.logicalrelid
           where d.partmethod = 'h' or d.repmodel = 't') as distributed,
         (select coalesce(json_agg(o.objid::regprocedure::text), '[]') from pg_dist_object o
           where o.classid = 'pg_proc'::regclass) as functions,
         exists (select from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
                  where d.datname = current_database() and s.setrole = 0
                    and 'citus.propagate_set_commands=local' = any (s.setconfig)) as "isPropagating"`

async function readCatalog(client: pg.Client): Promise<Catalog> {
  const { rows } = await client.query<Catalog>(catalogQuery)
  const [catalog] = rows
  if (!catalog) throw new Error("the statement returned no row")
  return catalog
}
