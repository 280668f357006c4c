import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import { promisify } from "node:util"
import { distribute } from "@/lib/base/db/distribute"
import { clusterAt, databaseAt, dropDatabase, joinNodes } from "@/tests/support/cluster"
import { onServer } from "@/tests/support/on-server"
import type { Server } from "@/tests/support/stack"
import { within } from "@/tests/support/wait"

const startsWithinMs = 60_000

/** `first` is the number of the node that is ended first; 0 is the coordinator. */
type GivenCluster = { url: string; restart: string | undefined; first: number }

/**
 * A database of its own on a cluster, distributed. `kill` ends a node, each in turn: with `restart`, a
 * command that gets the node's port, at once and with all that was not written; else only its connections.
 */
export const clusterServer =
  ({ url, restart, first }: GivenCluster) =>
  async (): Promise<Server> => {
    const cluster = await clusterAt(url)
    const name = `crash_${randomBytes(6).toString("hex")}`
    for (const node of cluster.nodes)
      await onServer(node, (client) => client.query(`create database ${name}`))
    await joinNodes(cluster, name)
    let victim = first
    return {
      url: databaseAt(url, name),
      folder: "",
      prepare: async () => {
        await distribute({ isDryRun: false, prepare: () => Promise.resolve(), onStatement: () => undefined })
      },
      pid: () => 0,
      kill: async () => {
        const node = cluster.nodes[victim % cluster.nodes.length] ?? url
        victim += 1
        if (restart !== undefined) await promisify(execFile)(restart, [new URL(node).port])
        else await onServer(node, (client) => client.query(endsConnections, [name]))
      },
      start: async () => {
        for (const node of cluster.nodes)
          await within(startsWithinMs, () =>
            onServer(databaseAt(node, name), (client) => client.query("select 1")),
          )
      },
      stop: () => dropDatabase(cluster.nodes, name),
    }
  }

const endsConnections = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1"
