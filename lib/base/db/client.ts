import { PrismaPg } from "@prisma/adapter-pg"
import pg from "pg"
import { withoutValues } from "@/lib/base/db/database-error"
import { PrismaClient } from "@/lib/base/db/generated/client"
import type { ClusterState } from "@/lib/base/db/group"
import { currentWork, limitsOf, usualWork, type Work } from "@/lib/base/db/work"
import { env } from "@/lib/base/env"
import { log } from "@/lib/base/log/log"

const { INT8, DATE } = pg.types.builtins
pg.types.setTypeParser(INT8, Number)
pg.types.setTypeParser(DATE, (text) => text)

const ownerConnectsWithinMs = 10_000

type Clients = { pools: Partial<Record<Work, pg.Pool>>; prisma?: PrismaClient; cluster: ClusterState }

// Next loads this module once for each bundle. They all share the pools.
const shared = globalThis as typeof globalThis & { tillwatchClients?: Clients | undefined }
const clients = (): Clients =>
  (shared.tillwatchClients ??= { pools: {}, cluster: { nodes: new Map(), shardOf: new Map() } })

/**
 * Screens show some rows of large tables, which indexes find in memory or on an SSD. With PostgreSQL's costs,
 * which are those of spinning disks, plans read whole tables instead.
 */
const planFor = (work: Work): string => (work === "screens" ? " -c random_page_cost=1.1" : "")

function newPool(work: Work): pg.Pool {
  const { DATABASE_URL, DATABASE_POOL_SIZE } = env()
  const { connectionMs, lockMs, statementMs } = limitsOf[work]
  const made = new pg.Pool({
    connectionString: DATABASE_URL,
    max: DATABASE_POOL_SIZE,
    connectionTimeoutMillis: connectionMs,
    options: `-c timezone=UTC -c lock_timeout=${lockMs} -c statement_timeout=${statementMs}${planFor(work)}`,
  })
  made.on("error", (error) => log.warn({ error: error.message }, "an idle database connection broke"))
  return made
}

/** The connections for a kind of work. */
export const pool = (work: Work = currentWork()): pg.Pool => (clients().pools[work] ??= newPool(work))

export const clusterState = (): ClusterState => clients().cluster

/** All pools of this process. */
export const pools = (): pg.Pool[] => Object.values(clients().pools)

export const prisma = (): PrismaClient =>
  (clients().prisma ??= new PrismaClient({ adapter: new PrismaPg(pool(usualWork())) }))

/** Ends all connections, so that a command or a test can exit. */
export async function closeDatabase(): Promise<void> {
  const open = shared.tillwatchClients
  shared.tillwatchClients = undefined
  await open?.prisma?.$disconnect()
  const all = [...Object.values(open?.pools ?? {}), ...(open?.cluster.nodes.values() ?? [])]
  await Promise.all(all.map((one) => one.end()))
}

/**
 * Opens one connection as the owner, for migrations, partitions, statistics, roles and the job queue only.
 * `at` may turn the owner's address into a node's.
 */
export async function asOwner<T>(
  run: (client: pg.Client) => Promise<T>,
  at: (url: string) => string = (url) => url,
): Promise<T> {
  const client = new pg.Client({
    connectionString: at(env().DATABASE_OWNER_URL),
    connectionTimeoutMillis: ownerConnectsWithinMs,
    options: "-c timezone=UTC",
  })
  // The query under way fails by itself. Without a listener a broken connection would also end the process.
  client.on("error", (error) => log.warn({ error: error.message }, "the owner's database connection broke"))
  await client.connect()
  try {
    return await run(client)
  } catch (error) {
    throw withoutValues(error)
  } finally {
    await client.end()
  }
}
