import type pg from "pg"
import { hasCitus } from "@/lib/base/db/citus"
import { asOwner } from "@/lib/base/db/client"
import { bypassing, distributionPlan, roles, type Catalog } from "@/lib/base/db/distribution"
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
    const run = async (statements: string[]) => {
      for (const statement of statements) {
        onStatement(statement)
        if (!isDryRun) await client.query(statement)
      }
      return statements.length
    }
    const catalog = await readCatalog(client)
    if (!catalog.tables.includes("heartbeat"))
      throw new AppError("invalid", "The database has no tables yet. Run npm run db:migrate first.")
    const first = await run(distributionPlan(catalog))
    // The plan's second half names shards, which exist after the first.
    return first + (isDryRun ? 0 : await run(distributionPlan(await readCatalog(client))))
  })

const catalogQuery = `
  with own as (
    select oid, relname::text as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition),
  shard as (
    select own.name, own.name || '_' || s.shardid as shard
      from pg_dist_partition d join own on own.oid = d.logicalrelid
      join pg_dist_shard s on s.logicalrelid = d.logicalrelid
     where d.repmodel = 't')
  select (select coalesce(json_agg(name order by name), '[]') from own) as tables,
         (select coalesce(json_agg(json_build_object('name', k.conname, 'from', f.name, 'to', t.name)
             order by f.name, t.name), '[]')
            from pg_constraint k join own f on f.oid = k.conrelid join own t on t.oid = k.confrelid
           where k.contype = 'f') as "references",
         (select coalesce(json_agg(own.name), '[]') from pg_dist_partition d
           join own on own.oid = d.logicalrelid) as distributed,
         (select coalesce(json_agg(rolname), '[]') from pg_roles
           where rolname = any ($1)
             and not (rolcanlogin and (rolbypassrls or rolname <> $2))) as "withoutRights",
         (select coalesce(json_agg(o.objid::regprocedure::text), '[]') from pg_dist_object o
           where o.classid = 'pg_proc'::regclass)::jsonb
         || (select coalesce(jsonb_agg(p.proname), '[]') from pg_proc p
              where p.pronamespace = 'public'::regnamespace and p.proname like '%\\_within\\_reach')
         || (select coalesce(jsonb_agg(p.proname || ' of ' || shard.shard), '[]')
               from pg_proc p join shard on position('public.' || shard.shard || ' ' in p.prosrc) > 0
              where p.pronamespace = 'public'::regnamespace) as functions,
         (select coalesce(json_object_agg(name, shard), '{}') from shard) as shards`

async function readCatalog(client: pg.Client): Promise<Catalog> {
  const { rows } = await client.query<Catalog>(catalogQuery, [roles, bypassing])
  const [catalog] = rows
  if (!catalog) throw new Error("the statement returned no row")
  return catalog
}
