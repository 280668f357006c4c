import type pg from "pg"

/**
 * A group of colocated shards on one node of a Citus cluster. A single server has one group, without a
 * schema. The group's schema has a view of each shard and of each copied table under the table's own name, so
 * the same statements run in every group as on a single server.
 */
export type Group = {
  /** A distribution value that lies in the group. */
  key: number
  node: { host: string; port: number } | null
  schema: string | null
  /** The stored table that a name stands for in this group. */
  tables: Readonly<Record<string, string>>
}

/** What a process knows of the cluster that the database may be; see groups.ts. */
export type ClusterState = {
  isDistributed?: Promise<boolean> | undefined
  groups?: { signature: string; groups: Group[] }
  /** The connections to each node, by address. */
  nodes: Map<string, pg.Pool>
  /** The shard of each terminal's rows. */
  shardOf: Map<number, number>
}
