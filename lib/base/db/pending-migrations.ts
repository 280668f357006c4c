import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { asOwner } from "@/lib/base/db/client"
import { isMissingTable } from "@/lib/base/db/failures"

const folder = join(/* turbopackIgnore: true */ process.cwd(), "prisma/migrations")

/** The migrations of this version that the database has not had. */
export async function pendingMigrations(): Promise<string[]> {
  const shipped = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  const applied = await asOwner(
    async (client) =>
      (
        await client.query<{ name: string }>(
          `select migration_name as name from _prisma_migrations
            where finished_at is not null and rolled_back_at is null`,
        )
      ).rows,
  ).catch((error: unknown) => {
    if (isMissingTable(error)) return []
    throw error
  })
  const names = new Set(applied.map(({ name }) => name))
  return shipped.filter((name) => !names.has(name)).toSorted()
}
