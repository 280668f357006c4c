import { loadShippedPacks } from "@/lib/causes/load-packs"
import { asOwner } from "@/lib/db/client"
import { ensurePartitions } from "@/lib/db/partitions"
import { applyMigrations } from "@/lib/db/schema-engine"
import { env } from "@/lib/env"
import { installQueue } from "@/lib/jobs/install-queue"

/** Brings the database to this version: migrations, partitions, shipped code packs, the job queue. Safe to run again and side by side. */
export async function migrate(): Promise<{ migrations: string[]; partitions: number }> {
  const migrations = await applyMigrations(env().DATABASE_OWNER_URL)
  const partitions = await ensurePartitions()
  await asOwner(loadShippedPacks)
  await installQueue()
  return { migrations, partitions }
}
