import pg from "pg"
import { asOwner } from "@/lib/base/db/client"
import { allGroups } from "@/lib/base/db/groups"
import { isCluster } from "@/tests/support/cluster-tests"

/** How many locks that match the condition are waited for, on any server. */
export const waitingLocks = (where: string): Promise<number> =>
  asOwner(async (client) => {
    const count = `select count(*)::int from pg_locks where not granted and ${where}`
    const { rows } = await client.query<{ count: number }>(
      isCluster()
        ? `select sum(result::int)::int as count from run_command_on_all_nodes($$${count}$$)`
        : count,
    )
    return rows[0]?.count ?? 0
  })

/** Locks the table, or on a cluster all of its shards, until the function that it returns is called. */
export async function lockTable(table: string): Promise<() => Promise<void>> {
  const held: pg.Client[] = []
  for (const { node, tables } of await allGroups()) {
    const url = new URL(process.env["DATABASE_URL"] ?? "")
    if (node) [url.hostname, url.port] = [node.host, String(node.port)]
    const client = new pg.Client({ connectionString: url.toString() })
    await client.connect()
    if (node) await client.query("set citus.enable_manual_changes_to_shards = on")
    await client.query(`begin; lock table ${tables[table] ?? table} in access exclusive mode`)
    held.push(client)
  }
  return async () => void (await Promise.all(held.map((client) => client.end())))
}

/** For `waitingLocks`: the table, or one of its shards. */
export const ofTable = (table: string): string =>
  `relation in (select oid from pg_class where relname ~ '^${table}(_[0-9]+)?$')`
