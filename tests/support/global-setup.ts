import { execFileSync } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { startEmbedded } from "@/lib/base/db/embedded"
import { closeTemplate, clusterAt, databaseAt, joinNodes } from "@/tests/support/cluster"

/** Starts one PostgreSQL for all integration tests, with a migrated database that every file clones. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "tillwatch-test-"))
  chmodSync(folder, 0o711)
  const server =
    process.env["TEST_DATABASE_URL"] || process.env["TEST_CITUS_URL"]
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
  const cluster = process.env["TEST_CITUS_URL"] ? await clusterAt(process.env["TEST_CITUS_URL"]) : null
  const adminUrls = cluster?.nodes ?? [urlOf("postgres")]
  for (const url of adminUrls) await asAdmin(url, `create database ${template}`)
  const templateUrl = databaseAt(adminUrls[0] ?? "", template)
  if (cluster) await joinNodes(cluster, template)
  run("migrate", templateUrl)
  if (cluster) {
    run("distribute", templateUrl)
    await closeTemplate(cluster, template)
  }
  project.provide("adminUrl", adminUrls[0] ?? "")
  project.provide("adminUrls", adminUrls)
  project.provide("template", template)
  return async () => {
    if (server) await server.stop()
    else for (const url of adminUrls) await asAdmin(url, `drop database ${template} with (force)`)
    rmSync(folder, { recursive: true, force: true })
  }
}

const run = (command: string, url: string) =>
  execFileSync(process.execPath, ["--import", "tsx", `lib/run/commands/${command}.ts`], {
    env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: "warn" },
    stdio: ["ignore", "ignore", "inherit"],
  })

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
    /** The server's address, or those of all nodes of a cluster, the coordinator's first. */
    adminUrls: string[]
    template: string
  }
}
