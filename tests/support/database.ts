import { randomBytes } from "node:crypto"
import pg from "pg"
import { afterAll, beforeAll, inject } from "vitest"
import { closeDatabase } from "@/lib/base/db/client"

/** Runs on the server, or on each node of a cluster, the coordinator first. */
async function asAdmin(run: (client: pg.Client) => Promise<unknown>) {
  for (const connectionString of inject("adminUrls")) {
    const client = new pg.Client({ connectionString })
    await client.connect()
    try {
      await run(client)
    } finally {
      await client.end()
    }
  }
}

/** Gives the test file its own migrated database, at DATABASE_URL. */
export function useDatabase(): void {
  const name = `test_${randomBytes(6).toString("hex")}`
  // Set while the file loads, because the environment is read at the first connection.
  const url = new URL(inject("adminUrl"))
  url.pathname = `/${name}`
  process.env["DATABASE_URL"] = url.toString()
  delete process.env["DATABASE_OWNER_URL"]

  beforeAll(() => asAdmin((admin) => admin.query(`create database ${name} template ${inject("template")}`)))
  afterAll(async () => {
    await closeDatabase()
    await asAdmin((admin) => admin.query(`drop database ${name} with (force)`))
  })
}
