import { asOwner } from "@/lib/base/db/client"
import { ensurePartitions } from "@/lib/base/db/partitions"
import { applyMigrations } from "@/lib/base/db/schema-engine"
import { env } from "@/lib/base/env"
import { loadShippedPacks } from "@/lib/fleet/code-packs/load-packs"
import { installQueue } from "@/lib/run/jobs/install-queue"

/**
 * Brings the database to this version: migrations, partitions, shipped code packs and the job queue. It can
 * run again, and in two processes at once.
 */
export async function migrate(): Promise<{ migrations: string[]; partitions: number }> {
  const migrations = await applyMigrations(env().DATABASE_OWNER_URL)
  const partitions = await ensurePartitions()
  await asOwner(loadShippedPacks)
  await installQueue()
  return { migrations, partitions }
}
