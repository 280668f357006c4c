import { createHash } from "node:crypto"
import { chmodSync, mkdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import type pg from "pg"
import { startEmbedded, type EmbeddedPostgres } from "@/lib/base/db/embedded"
import { runOn } from "@/tests/support/commands"
import { onServer } from "@/tests/support/on-server"

const settings = {
  shared_buffers: "512MB",
  max_connections: "100",
  max_wal_size: "1GB",
  // What is kept can be made again.
  fsync: "off",
  full_page_writes: "off",
  session_preload_libraries: "auto_explain",
}

/** The server's databases stay on disk, so that a large fleet is made once. */
export async function startKept(onLog: (text: string) => void): Promise<EmbeddedPostgres> {
  const folder = resolve(process.env["TILLWATCH_BENCH_DIR"] ?? ".data/bench")
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o711)
  return startEmbedded({ folder: join(folder, "postgres"), password: "bench", settings, onLog })
}

/** Changes with the statements that make the fleet. */
function stampOf(sources: readonly string[]): string {
  const hash = createHash("sha256")
  for (const file of sources) hash.update(readFileSync(file))
  return hash.digest("hex").slice(0, 8)
}

const asAdmin = <T>(server: EmbeddedPostgres, run: (client: pg.Client) => Promise<T>): Promise<T> =>
  onServer(server.urlOf("postgres"), run)

const keptForMs = 3 * 86_400_000
const complete = "complete"

type Wanted = { terminals: number; sources: readonly string[]; make: () => Promise<void> }

/**
 * Sets DATABASE_URL to the database of a fleet of this size, and migrates it. Makes it if there is none of
 * these sources, or if it is too old for ranges that end now. Others of the same size are dropped.
 */
export async function useKept(
  server: EmbeddedPostgres,
  { terminals, sources, make }: Wanted,
): Promise<string> {
  const prefix = `read_${terminals}_${stampOf(sources)}_`
  const known = await asAdmin(server, async (admin) => {
    const { rows } = await admin.query<{ name: string; state: string | null }>(
      "select datname as name, shobj_description(oid, 'pg_database') as state from pg_database",
    )
    const ofSize = rows.filter(({ name }) => name.startsWith(`read_${terminals}_`))
    const isUsable = ({ name, state }: (typeof rows)[number]) =>
      state === complete &&
      name.startsWith(prefix) &&
      Date.now() - Number(name.slice(prefix.length)) < keptForMs
    for (const { name } of ofSize.filter((one) => !isUsable(one)))
      await admin.query(`drop database "${name}" with (force)`)
    return ofSize.find(isUsable)?.name
  })
  const name = known ?? `${prefix}${Date.now()}`
  if (!known) await asAdmin(server, (admin) => admin.query(`create database "${name}"`))
  process.env["DATABASE_URL"] = server.urlOf(name)
  runOn(server.urlOf(name), "migrate")
  if (known) return name
  await make()
  await asAdmin(server, (admin) => admin.query(`comment on database "${name}" is '${complete}'`))
  return name
}

/** Whether the server logs statements with their plans. Only new connections follow. */
export const logPlans = (server: EmbeddedPostgres, database: string, isOn: boolean): Promise<void> =>
  asAdmin(server, async (admin) => {
    const values = { log_min_duration: isOn ? "0" : "-1", log_analyze: "on", log_timing: "off" }
    for (const [name, value] of Object.entries({ ...values, log_parameter_max_length: "0" }))
      await admin.query(`alter database "${database}" set auto_explain.${name} = '${value}'`)
  })
