import { asOwner } from "@/lib/base/db/client"
import { distribute } from "@/lib/base/db/distribute"
import { dropViews, isDistributed } from "@/lib/base/db/groups"
import { ensurePartitions } from "@/lib/base/db/partitions"
import { applyMigrations } from "@/lib/base/db/schema-engine"
import { env } from "@/lib/base/env"
import { log } from "@/lib/base/log/log"
import { loadShippedPacks } from "@/lib/fleet/code-packs/load-packs"
import { keepUrgencies } from "@/lib/insight/flags/keep-urgencies"
import { fillPlaces } from "@/lib/rollups/fold/fill-places"
import { installQueue } from "@/lib/run/jobs/install-queue"

/** Applies missing migrations. On a Citus cluster their new tables are distributed like the others. */
async function applyAll(): Promise<string[]> {
  const url = env().DATABASE_OWNER_URL
  if (!(await isDistributed())) return applyMigrations(url)
  await asOwner(dropViews)
  const migrations = await applyMigrations(url)
  await distribute({
    isDryRun: false,
    prepare: () => Promise.resolve(),
    onStatement: (statement) => log.info({ statement }, "distributes a table"),
  })
  return migrations
}

/**
 * Brings the database to this version: migrations, partitions, shipped code packs, the job queue, urgencies
 * of flags, and sums of days that an earlier version did not have. It can run again, and in two processes at
 * once. If it is interrupted, it goes on where it was.
 */
export async function migrate(): Promise<{ migrations: string[]; partitions: number; days: number }> {
  const migrations = await applyAll()
  const partitions = await ensurePartitions()
  await asOwner(loadShippedPacks)
  await installQueue()
  await keepUrgencies()
  const days = await fillPlaces({ onProgress: (filled) => log.info(filled, "summed a day by store") })
  return { migrations, partitions, days }
}
