import { mkdirSync, rmSync, chmodSync } from "node:fs"
import { join } from "node:path"
import { closeDatabase } from "@/lib/base/db/client"
import { LaunchedDatabase } from "@/lib/run/launch/database"

// Only the machine's crash could lose something, and then the folder is played again.
const settings = {
  shared_buffers: "512MB",
  max_wal_size: "4GB",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum_naptime: "10s",
}

const password = "of one evaluation"

/**
 * Runs with a database of its own, at DATABASE_URL. Its files stay in `out` until a run has ended well, so
 * that an interrupted one can go on. A given DATABASE_URL is taken instead.
 */
export async function withOwnDatabase(
  out: string,
  { say, run }: { say: (text: string) => void; run: () => Promise<void> },
): Promise<void> {
  if (process.env["DATABASE_URL"]) return run()
  const folder = join(out, "database")
  mkdirSync(folder, { recursive: true })
  // The server may run as another user.
  chmodSync(folder, 0o711)
  const database = new LaunchedDatabase({
    start: { folder: join(folder, "postgres"), password, settings },
    say,
    onGivenUp: () => process.exit(1),
  })
  await database.start()
  try {
    process.env["DATABASE_URL"] = database.urlOf("postgres")
    // Its owner, too, must not be that of another database.
    delete process.env["DATABASE_OWNER_URL"]
    await run()
  } finally {
    await closeDatabase()
    await database.stop()
  }
  rmSync(folder, { recursive: true, force: true })
}
