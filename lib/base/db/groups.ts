import { createHash } from "node:crypto"
import pLimit from "p-limit"
import pg from "pg"
import sql, { type Sql } from "sql-template-tag"
import { hasCitus } from "@/lib/base/db/citus"
import { asOwner, clusterState, pool } from "@/lib/base/db/client"
import { distributedBy, referenceTables } from "@/lib/base/db/distribution"
import type { Group } from "@/lib/base/db/group"
import { env } from "@/lib/base/env"

export const wholeServer: Group = { key: 0, node: null, schema: null, tables: {} }

/** Whether the tables are distributed. Asked once a process. */
export const isDistributed = (): Promise<boolean> =>
  (clusterState().isDistributed ??= (async () => {
    if (!(await hasCitus(pool()))) return false
    const { rows } = await pool().query(
      "select 1 from pg_dist_partition where logicalrelid = to_regclass('heartbeat')",
    )
    return rows.length > 0
  })().catch((error: unknown) => {
    clusterState().isDistributed = undefined
    throw error
  }))

type Placed = { host: string; port: number; shard: number; tables: Record<string, string> }

const placedQuery = `
  select n.nodename as host, n.nodeport as port, s.shardid as shard,
         (select json_object_agg(o.logicalrelid::text, o.logicalrelid::text || '_' || o.shardid
                   order by o.logicalrelid::text)
            from pg_dist_shard o
           where (o.logicalrelid::text = any ($1) and o.shardminvalue = s.shardminvalue)
              or o.logicalrelid::text = any ($2)) as tables
    from pg_dist_shard s
    join pg_dist_placement p on p.shardid = s.shardid
    join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
   where s.logicalrelid = 'heartbeat'::regclass
   order by s.shardid`

// A key is found by trial: 10,000 numbers fall into all of some hundred groups.
const keysQuery = `
  select get_shard_id_for_distribution_column('heartbeat', k) as shard, min(k) as key
    from generate_series(0, 10000) k
   group by 1`

async function groupsOf(placed: Placed[]): Promise<Group[]> {
  const { rows } = await pool().query<{ shard: number; key: number }>(keysQuery)
  const keyOf = new Map(rows.map(({ shard, key }) => [shard, key]))
  return placed.map(({ host, port, shard, tables }) => {
    const key = keyOf.get(shard)
    if (key === undefined) throw new Error(`no number lies in shard ${shard}`)
    return { key, node: { host, port }, schema: `tillwatch_${shard}`, tables }
  })
}

/** All groups. Makes the views of those that have none yet, or whose shards or columns have changed. */
export async function allGroups(): Promise<Group[]> {
  if (!(await isDistributed())) return [wholeServer]
  const { rows } = await pool().query<Placed>(placedQuery, [Object.keys(distributedBy), referenceTables])
  const signature = JSON.stringify(rows)
  const state = clusterState()
  if (state.groups?.signature !== signature) {
    const groups = await groupsOf(rows)
    for (const group of groups) await ensureViews(group)
    state.groups = { signature, groups }
  }
  return state.groups.groups
}

/** Groups that are worked at together. More would only wait for each other on the nodes' processors. */
const groupsAtOnce = 4

/** Runs in every group, some at a time. */
export const inEveryGroup = async <T>(run: (group: Group) => Promise<T>): Promise<T[]> =>
  inGroups(await allGroups(), run)

/** Like `inEveryGroup`, for a caller that holds a connection: the pool may have no other one. */
export const inGroups = <T>(groups: Group[], run: (group: Group) => Promise<T>): Promise<T[]> =>
  pLimit(groupsAtOnce).map(groups, (group) => run(group))

/** The address of a node, with the database and user of an address of the coordinator. */
function addressOn(url: string, { host, port }: { host: string; port: number }): string {
  const address = new URL(url)
  address.hostname = host
  address.port = String(port)
  return address.toString()
}

/** The connections to a group's node. */
export function groupPool({ node }: Group): pg.Pool {
  if (!node) return pool()
  const { nodes } = clusterState()
  const { DATABASE_URL, DATABASE_POOL_SIZE } = env()
  const connectionString = addressOn(DATABASE_URL, node)
  const known = nodes.get(connectionString)
  if (known) return known
  const made = new pg.Pool({ connectionString, max: DATABASE_POOL_SIZE, options: "-c timezone=UTC" })
  made.on("error", () => undefined)
  nodes.set(connectionString, made)
  return made
}

/** What a transaction in a group begins with. */
export const groupStatements = ({ schema }: Group): string[] =>
  schema === null
    ? []
    : [
        `set local search_path = ${schema}, public`,
        "set local citus.enable_manual_changes_to_shards = on",
        "set local citus.override_table_visibility = off",
        "set local jit = off",
      ]

/** Columns that statements do not name: a view fills in the key of its group. */
const defaults = [
  ["ingest_batch", "terminal_id"],
  ["segment_day", "group_key"],
  ["place_hour", "group_key"],
  ["place_day", "group_key"],
] as const

const columnsOf = `
  select coalesce(string_agg(attrelid::regclass || '.' || attname, ',' order by attrelid, attnum), '')
           as columns
    from pg_attribute
   where attrelid = any ($1::regclass[]) and attnum > 0 and not attisdropped`

/** Makes the group's schema and views, unless they are there for the same shards and columns. */
const ensureViews = (group: Group): Promise<void> =>
  asOwner(
    async (client) => {
      const { schema, key, tables } = group
      await client.query("set citus.override_table_visibility = off; set citus.enable_ddl_propagation = off")
      await client.query(`select pg_advisory_lock(hashtext('tillwatch:groups'))`)
      const shards = Object.values(tables).map((shard) => `public.${shard}`)
      const { rows } = await client.query<{ columns: string }>(columnsOf, [shards])
      const wanted = createHash("sha256")
        .update(JSON.stringify([key, rows]))
        .digest("hex")
      const found = await client.query(
        "select 1 from pg_namespace where nspname = $1 and obj_description(oid, 'pg_namespace') = $2",
        [schema, wanted],
      )
      if (found.rows.length > 0) return
      const views = Object.entries(tables).map(
        ([table, shard]) => `create view ${schema}."${table}" as select * from public.${shard}`,
      )
      await client.query(
        [
          `begin`,
          `drop schema if exists ${schema} cascade`,
          `create schema ${schema}`,
          ...views,
          ...defaults.map(
            ([table, column]) => `alter view ${schema}.${table} alter column ${column} set default ${key}`,
          ),
          `grant usage on schema ${schema} to tillwatch_worker`,
          `grant select, insert, update, delete on all tables in schema ${schema} to tillwatch_worker`,
          `comment on schema ${schema} is '${wanted}'`,
          `commit`,
        ].join("; "),
      )
    },
    group.node ? (url) => addressOn(url, group.node ?? { host: "", port: 0 }) : undefined,
  )

/** Drops the views of all groups, so that their tables can lose columns. `allGroups` makes them anew. */
export async function dropViews(client: pg.Client): Promise<void> {
  await client.query("select run_command_on_all_nodes($1)", [dropSchemas])
  delete clusterState().groups
}

const dropSchemas = `
  do $do$
  declare
    one name;
  begin
    perform set_config('citus.enable_ddl_propagation', 'off', true);
    for one in select nspname from pg_namespace where nspname ~ '^tillwatch_[0-9]+$' loop
      execute format('drop schema %I cascade', one);
    end loop;
  end $do$`

const mostTerminals = 1_000_000

/** What asks the coordinator: an open transaction, because the pool may have no other connection. */
type Asking = { query<Row>(statement: Sql): Promise<Row[]> }

/** The group of each terminal, as a number that is the same for terminals of one group. */
export async function groupsOfTerminals(db: Asking, ids: readonly number[]): Promise<(id: number) => number> {
  if (!(await isDistributed())) return () => 0
  const { shardOf } = clusterState()
  if (shardOf.size > mostTerminals) shardOf.clear()
  const unknown = [...new Set(ids)].filter((id) => !shardOf.has(id))
  if (unknown.length > 0) {
    const rows = await db.query<{ id: number; shard: number }>(sql`
      select id, get_shard_id_for_distribution_column('heartbeat', id) as shard
        from unnest(${unknown}::bigint[]) as t (id)`)
    for (const { id, shard } of rows) shardOf.set(id, shard)
  }
  return (id) => shardOf.get(id) ?? 0
}
