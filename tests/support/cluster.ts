import { onServer } from "@/tests/support/on-server"

/** The addresses of a cluster's nodes, the coordinator's first. Each is of the same database and user. */
export type Cluster = { nodes: string[]; hosts: { host: string; port: number }[] }

export const databaseAt = (url: string, database: string): string => {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.toString()
}

/** The nodes that the database at `url`, a coordinator's, knows. */
export const clusterAt = (url: string): Promise<Cluster> =>
  onServer(url, async (client) => {
    const { rows: hosts } = await client.query<{ host: string; port: number }>(
      `select nodename as host, nodeport as port from pg_dist_node
        where noderole = 'primary' order by groupid`,
    )
    if (hosts.length < 2) throw new Error("the database has no Citus, or knows no other node")
    const nodes = hosts.map(({ host, port }, i) => {
      const address = new URL(url)
      if (i > 0) [address.hostname, address.port] = [host, String(port)]
      return address.toString()
    })
    return { nodes, hosts }
  })

/** Makes a cluster of the databases of this name. */
export async function joinNodes({ nodes, hosts }: Cluster, database: string): Promise<void> {
  for (const url of nodes)
    await onServer(databaseAt(url, database), (client) => client.query("create extension citus"))
  const [coordinator, ...others] = hosts
  await onServer(databaseAt(nodes[0] ?? "", database), async (client) => {
    await client.query("select citus_set_coordinator_host($1, $2)", [coordinator?.host, coordinator?.port])
    for (const { host, port } of others) await client.query("select citus_add_node($1, $2)", [host, port])
  })
}

/** Ends every connection to a database and allows no new one, so that it can be cloned. */
export async function closeTemplate({ nodes }: Cluster, database: string): Promise<void> {
  for (const url of nodes)
    await onServer(url, async (client) => {
      await client.query(`alter database ${database} with allow_connections false`)
      await client.query("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1", [
        database,
      ])
    })
}

/**
 * Drops a database on all nodes, as far as it is there. Nodes connect to each other by themselves, so none
 * may before the first is dropped.
 */
export async function dropDatabase(nodes: readonly string[], database: string): Promise<void> {
  for (const url of nodes)
    await onServer(url, (client) =>
      client.query("update pg_database set datallowconn = false where datname = $1", [database]),
    )
  for (const url of nodes)
    await onServer(url, (client) => client.query(`drop database if exists ${database} with (force)`))
}
