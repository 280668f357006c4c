import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { closeDatabase } from "@/lib/base/db/client"
import { startEmbedded } from "@/lib/base/db/embedded"
import { runOn } from "@/tests/support/commands"

/** Runs with a migrated database of its own at DATABASE_URL. */
export async function inBenchDatabase<T>(run: () => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "tillwatch-bench-"))
  chmodSync(folder, 0o711)
  const server = await startEmbedded({
    folder: join(folder, "postgres"),
    password: "bench",
    settings: { shared_buffers: "512MB", max_wal_size: "4GB" },
  })
  try {
    process.env["DATABASE_URL"] = server.urlOf("postgres")
    runOn(server.urlOf("postgres"), "migrate")
    return await run()
  } finally {
    await closeDatabase()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
