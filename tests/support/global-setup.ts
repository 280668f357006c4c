import { execFileSync } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { startEmbedded } from "@/lib/base/db/embedded"

/** Starts one PostgreSQL for all integration tests, with a migrated database that every file clones. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "tillwatch-test-"))
  chmodSync(folder, 0o711)
  const server = process.env["TEST_DATABASE_URL"]
    ? null
    : await startEmbedded({
        folder: join(folder, "postgres"),
        password: "test",
        // Speed over durability: the data is thrown away.
        settings: {
          fsync: "off",
          synchronous_commit: "off",
          full_page_writes: "off",
          max_connections: "200",
        },
      })
  const urlOf = (database: string) => {
    if (server) return server.urlOf(database)
    const url = new URL(process.env["TEST_DATABASE_URL"] ?? "")
    url.pathname = `/${database}`
    return url.toString()
  }
  const template = `tillwatch_template_${process.pid}`
  await asAdmin(urlOf("postgres"), `create database ${template}`)
  execFileSync(process.execPath, ["--import", "tsx", "lib/run/commands/migrate.ts"], {
    env: { ...process.env, DATABASE_URL: urlOf(template), LOG_LEVEL: "warn" },
    stdio: ["ignore", "inherit", "inherit"],
  })
  project.provide("adminUrl", urlOf("postgres"))
  project.provide("template", template)
  return async () => {
    if (server) await server.stop()
    else await asAdmin(urlOf("postgres"), `drop database ${template} with (force)`)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function asAdmin(adminUrl: string, statement: string) {
  const { default: pg } = await import("pg")
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}

declare module "vitest" {
  interface ProvidedContext {
    adminUrl: string
    template: string
  }
}
