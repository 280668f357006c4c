import { readFile, readdir } from "node:fs/promises"
import { createRequire } from "node:module"
import { join } from "node:path"
import { PrismaPg } from "@prisma/adapter-pg"
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils"
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg"
import pg from "pg"
import { runScript } from "@/lib/base/db/script"

// Prisma's CLI downloads its schema engine when it runs. The same engine as WebAssembly comes from npm,
// needs no network, and uses the same _prisma_migrations table.

const prismaFolder = join(process.cwd(), "prisma")
const filters = { externalTables: [], externalEnums: [] }

let started: Promise<void> | undefined

async function instantiate(): Promise<void> {
  const glue = createRequire(join(process.cwd(), "package.json")).resolve(
    "@prisma/schema-engine-wasm/schema_engine_bg",
  )
  const wasm = await readFile(glue.replace(/\.js$/, ".wasm"))
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": { ...engine } })
  engine.__wbg_set_wasm(instance.exports)
  const start = instance.exports["__wbindgen_start"]
  if (typeof start === "function") start()
}

// PrismaPg splits scripts at every semicolon, which breaks function bodies.
class WithScripts extends PrismaPg {
  override async connect() {
    const adapter = await super.connect()
    adapter.executeScript = async (script) => {
      const client = await adapter.underlyingDriver().connect()
      try {
        await runScript(client, script)
      } finally {
        client.release()
      }
    }
    return adapter
  }
}

/** Opens the engine on the database at `url`, runs, and closes it. */
async function withEngine<T>(
  url: string,
  run: (schemaEngine: engine.SchemaEngine) => Promise<T>,
): Promise<T> {
  await (started ??= instantiate())
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const adapter = bindMigrationAwareSqlAdapterFactory(new WithScripts(pool))
  const schemaEngine = await engine.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter)
  try {
    return await run(schemaEngine)
  } finally {
    schemaEngine.free()
    await pool.end()
  }
}

async function migrationsList(last: string | undefined) {
  const baseDir = join(prismaFolder, "migrations")
  const folders = (await readdir(baseDir, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(join(baseDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      folders
        .map((folder) => folder.name)
        .toSorted()
        .filter((name) => last === undefined || name <= last)
        .map(async (path) => ({
          path,
          migrationFile: {
            path: "migration.sql",
            content: {
              tag: "ok" as const,
              value: await readFile(join(baseDir, path, "migration.sql"), "utf8"),
            },
          },
        })),
    ),
  }
}

/** Applies missing migrations up to `last`, as `prisma migrate deploy` does. Returns their names. */
export const applyMigrations = (url: string, last?: string): Promise<string[]> =>
  withEngine(url, async (schemaEngine) => {
    const { appliedMigrationNames } = await schemaEngine.applyMigrations({
      migrationsList: await migrationsList(last),
      filters,
    })
    return appliedMigrationNames
  })

/**
 * The SQL that creates schema.prisma's tables in an empty database. (Through this adapter the engine cannot
 * read a live database, because it does not know "char" columns. The schema test compares two databases
 * instead.)
 */
export const schemaScript = (url: string): Promise<string> =>
  withEngine(url, async (schemaEngine) => {
    const path = join(prismaFolder, "schema.prisma")
    const { stdout } = await schemaEngine.diff({
      from: { tag: "empty" },
      to: { tag: "schemaDatamodel", files: [{ path, content: await readFile(path, "utf8") }] },
      script: true,
      exitCode: null,
      filters,
    })
    return stdout ?? ""
  })
