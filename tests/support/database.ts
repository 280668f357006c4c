import { randomBytes } from "node:crypto"
import type pg from "pg"
import { afterAll, beforeAll, inject } from "vitest"
import { closeDatabase } from "@/lib/base/db/client"
import { applyMigrations } from "@/lib/base/db/schema-engine"
import { clusterAt, databaseAt, dropDatabase, joinNodes } from "@/tests/support/cluster"
import { onServer } from "@/tests/support/on-server"

/** Runs on the server, or on each node of a cluster, the coordinator first. */
async function asAdmin(run: (client: pg.Client) => Promise<unknown>) {
  for (const url of inject("adminUrls")) await onServer(url, run)
}

/** Names the test file's own database, at DATABASE_URL. It is dropped at the end. */
function ownDatabase(): string {
  const name = `test_${randomBytes(6).toString("hex")}`
  // Set while the file loads, because the environment is read at the first connection.
  process.env["DATABASE_URL"] = databaseAt(inject("adminUrl"), name)
  delete process.env["DATABASE_OWNER_URL"]
  afterAll(async () => {
    await closeDatabase()
    await dropDatabase(inject("adminUrls"), name)
  })
  return name
}

/** Gives the test file its own migrated database, at DATABASE_URL. */
export function useDatabase(): void {
  const name = ownDatabase()
  beforeAll(() => asAdmin((admin) => admin.query(`create database ${name} template ${inject("template")}`)))
}

/**
 * Like `useDatabase`, on a cluster that knows its nodes and distributes nothing yet. With `last`, it has the
 * migrations up to that one alone.
 */
export function useUndistributedDatabase(last?: string): void {
  const name = ownDatabase()
  beforeAll(async () => {
    if (inject("adminUrls").length === 1) return
    await asAdmin((admin) => admin.query(`create database ${name}`))
    await joinNodes(await clusterAt(inject("adminUrl")), name)
    const { migrate } = await import("@/lib/run/launch/migrate")
    if (last === undefined) await migrate()
    else await applyMigrations(databaseAt(inject("adminUrl"), name), last)
  })
}

/** Names another new database of this version, which is dropped at the end. */
export function useFreshDatabase(): string {
  const name = `fresh_${randomBytes(6).toString("hex")}`
  beforeAll(() => asAdmin((admin) => admin.query(`create database ${name} template ${inject("template")}`)))
  afterAll(() => dropDatabase(inject("adminUrls"), name))
  return name
}
