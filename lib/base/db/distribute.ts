import type pg from "pg"
import { hasCitus } from "@/lib/base/db/citus"
import { asOwner, clusterState } from "@/lib/base/db/client"
import { bypassing, distributedBy, distributionPlan, roles, type Catalog } from "@/lib/base/db/distribution"
import { AppError } from "@/lib/base/errors"

type Distribute = {
  isDryRun: boolean
  /** Folds what waits. Called before anything is distributed. */
  prepare: () => Promise<void>
  onStatement: (statement: string) => void
}

/**
 * Distributes the tables over the servers of a Citus cluster, as far as they are not yet, with their rows. An
 * interrupted run goes on where it was. Returns the number of statements.
 */
export const distribute = ({ isDryRun, prepare, onStatement }: Distribute): Promise<number> =>
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
        if (!isDryRun) await runChecked(client, statement)
      }
      return statements.length
    }
    const catalog = await readCatalog(client)
    if (!catalog.tables.includes("heartbeat"))
      throw new AppError("invalid", "The database has no tables yet. Run npm run db:migrate first.")
    if (!isDryRun) {
      if (!Object.keys(distributedBy).some((table) => catalog.distributed.includes(table))) await prepare()
      if (!catalog.distributed.includes("ingest_batch")) await requireFolded(client)
    }
    const first = await run(distributionPlan(catalog))
    // The plan's second half names shards, which exist after the first.
    const second = isDryRun ? 0 : await run(distributionPlan(await readCatalog(client)))
    clusterState().isDistributed = undefined
    return first + second
  })

/** A batch lies beside its rows from now on, so those of before must not wait for the fold. */
async function requireFolded(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select 1 from ingest_batch where folded_at is null limit 1")
  if (rowCount)
    throw new AppError(
      "invalid",
      "Records wait to be folded. Stop all web servers and workers, and run npm run db:distribute again.",
    )
}

const distributes = /^select create_(?:reference|distributed)_table\('([a-z_]+)'/

/** A statement that moves a table's rows to the nodes is undone if one is missing there. */
async function runChecked(client: pg.Client, statement: string): Promise<void> {
  const [, table] = distributes.exec(statement) ?? []
  if (table === undefined) {
    await client.query(statement)
    return
  }
  const count = async () =>
    (await client.query<{ count: number }>(`select count(*) as count from ${table}`)).rows[0]?.count
  await client.query("begin")
  try {
    await client.query(`lock table ${table} in share row exclusive mode`)
    const before = await count()
    await client.query(statement)
    const after = await count()
    if (before !== after) throw new Error(`${table} had ${before} rows, and ${after} on the nodes`)
    await client.query("commit")
  } catch (error) {
    await client.query("rollback")
    throw error
  }
}

const catalogQuery = `
  with own as (
    select oid, relname::text as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition),
  shard as (
    select own.name, own.name || '_' || s.shardid as shard
      from pg_dist_partition d join own on own.oid = d.logicalrelid
      join pg_dist_shard s on s.logicalrelid = d.logicalrelid
     where d.repmodel = 't'),
  -- A table that refers to a copied one is known to Citus already, but not copied.
  distributed as (
    select own.name from pg_dist_partition d join own on own.oid = d.logicalrelid
     where d.partmethod = 'h' or d.repmodel = 't')
  select (select coalesce(json_agg(name order by name), '[]') from own) as tables,
         (select coalesce(json_agg(json_build_object('name', k.conname, 'from', f.name, 'to', t.name)
             order by f.name, t.name), '[]')
            from pg_constraint k join own f on f.oid = k.conrelid join own t on t.oid = k.confrelid
           where k.contype = 'f') as "references",
         (select coalesce(json_agg(name), '[]') from distributed) as distributed,
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
         (select coalesce(json_object_agg(name, shard), '{}') from shard) as shards,
         (select coalesce(json_agg(own.name order by own.name), '[]')
            from pg_dist_partition d join own on own.oid = d.logicalrelid
           where pg_relation_size(own.oid) > 0 or exists (
             select 1 from pg_partition_tree(own.oid) t where t.isleaf and pg_relation_size(t.relid) > 0))
           as "leftBehind",
         (select coalesce(json_agg(json_build_object('name', p.polname, 'table', own.name,
             'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))
             order by own.name, p.polname), '[]')
            from pg_policy p join own on own.oid = p.polrelid
           where own.name not in (select name from distributed)
             and exists (
               select from pg_depend k join own asked on asked.oid = k.refobjid
                 join shard on shard.name = asked.name
                where k.classid = 'pg_policy'::regclass and k.objid = p.oid)) as asking`

async function readCatalog(client: pg.Client): Promise<Catalog> {
  const { rows } = await client.query<Catalog>(catalogQuery, [roles, bypassing])
  const [catalog] = rows
  if (!catalog) throw new Error("the statement returned no row")
  return catalog
}
