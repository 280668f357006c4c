import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { startEmbedded } from "@/lib/base/db/embedded"
import { closeTemplate, clusterAt, databaseAt, dropDatabase, joinNodes } from "@/tests/support/cluster"
import { runOn } from "@/tests/support/commands"
import { onServer } from "@/tests/support/on-server"

const inMemory = "/dev/shm"
const gibibyte = 2 ** 30

/**
 * A database has about 1,700 files, which take a second to create on a disk and a tenth of one in memory. All
 * tests together take less than two gibibytes.
 */
function quickFolder(): string {
  if (!existsSync(inMemory)) return tmpdir()
  const { bavail, bsize } = statfsSync(inMemory)
  const isRoomy = bavail * bsize > 4 * gibibyte && process.availableMemory() > 8 * gibibyte
  return isRoomy ? inMemory : tmpdir()
}

/** Starts one PostgreSQL for all integration tests, with a migrated database that every file clones. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(quickFolder(), "tillwatch-test-"))
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
  const template = `tillwatch_template_${process.pid}`
  const cluster = process.env["TEST_CITUS_URL"] ? await clusterAt(process.env["TEST_CITUS_URL"]) : null
  const adminUrls = cluster?.nodes ?? [
    server?.urlOf("postgres") ?? databaseAt(process.env["TEST_DATABASE_URL"] ?? "", "postgres"),
  ]
  for (const url of adminUrls) await asAdmin(url, `create database ${template}`)
  const templateUrl = databaseAt(adminUrls[0] ?? "", template)
  if (cluster) await joinNodes(cluster, template)
  runOn(templateUrl, "migrate")
  if (cluster) {
    runOn(templateUrl, "distribute")
    await closeTemplate(cluster, template)
  }
  project.provide("adminUrl", adminUrls[0] ?? "")
  project.provide("adminUrls", adminUrls)
  project.provide("template", template)
  return async () => {
    if (server) await server.stop()
    else await dropDatabase(adminUrls, template)
    rmSync(folder, { recursive: true, force: true })
  }
}

const asAdmin = (url: string, statement: string) => onServer(url, (client) => client.query(statement))

declare module "vitest" {
  interface ProvidedContext {
    adminUrl: string
    /** The server's address, or those of all nodes of a cluster, the coordinator's first. */
    adminUrls: string[]
    template: string
  }
}
