import { PrismaPg } from "@prisma/adapter-pg"
import pg from "pg"
import { withoutValues } from "@/lib/base/db/database-error"
import { PrismaClient } from "@/lib/base/db/generated/client"
import { env } from "@/lib/base/env"
import { log } from "@/lib/base/log/log"

const { INT8, DATE } = pg.types.builtins
pg.types.setTypeParser(INT8, Number)
pg.types.setTypeParser(DATE, (text) => text)

/** How long a request waits for a connection of the pool before it is answered with 503. */
const longestWaitMs = 3_500
const ownerConnectsWithinMs = 10_000

type Clients = { pool: pg.Pool; prisma: PrismaClient }

// Next loads this module once for each bundle. They all share one pool.
const shared = globalThis as typeof globalThis & { tillwatchClients?: Clients | undefined }

function clients(): Clients {
  if (shared.tillwatchClients) return shared.tillwatchClients
  const { DATABASE_URL, DATABASE_POOL_SIZE } = env()
  const pool = new pg.Pool({
    connectionString: DATABASE_URL,
    max: DATABASE_POOL_SIZE,
    connectionTimeoutMillis: longestWaitMs,
    options: "-c timezone=UTC",
  })
  pool.on("error", (error) => log.warn({ error: error.message }, "an idle database connection broke"))
  return (shared.tillwatchClients = { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) })
}

export const pool = (): pg.Pool => clients().pool
export const prisma = (): PrismaClient => clients().prisma

/** Ends all connections, so that a command or a test can exit. */
export async function closeDatabase(): Promise<void> {
  const open = shared.tillwatchClients
  shared.tillwatchClients = undefined
  await open?.prisma.$disconnect()
  await open?.pool.end()
}

/** Opens one connection as the owner, for migrations, partitions, roles and the job queue only. */
export async function asOwner<T>(run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: env().DATABASE_OWNER_URL,
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
