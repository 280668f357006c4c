import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { parseArgs } from "node:util"
import { startChild, webArguments, workerArguments, type Child } from "@/lib/run/launch/children"
import { LaunchedDatabase } from "@/lib/run/launch/database"
import { requirePort } from "@/lib/run/launch/require-port"

const { values } = parseArgs({ options: { "no-demo": { type: "boolean", default: false } } })
const port = process.env["PORT"] ?? "3000"
const address = process.env["NEXTAUTH_URL"] ?? `http://localhost:${port}`
const dataDir = resolve(process.env["TILLWATCH_DATA_DIR"] ?? ".data")
const say = (text: string) => process.stdout.write(`${text}\n`)

const children: Child[] = []
let database: LaunchedDatabase | null = null
let stopping: Promise<void> | undefined
let stoppingSince = 0
/** One Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const sameSignalMs = 500

function stopAll(code: number): Promise<void> {
  if (stopping && Date.now() - stoppingSince > sameSignalMs) for (const child of children) child.kill()
  return (stopping ??= (async () => {
    stoppingSince = Date.now()
    say("• Stopping")
    // Children do not depend on each other, so they stop at the same time.
    await Promise.all(children.map((child) => child.stop()))
    await database?.stop()
    if (database) rmSync(join(dataDir, "database-url"), { force: true })
    process.exit(code)
  })())
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stopAll(0))

/** A secret of this installation, made once and readable only by its owner. */
function secret(name: string): string {
  const path = join(dataDir, name)
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("base64url"), { mode: 0o600 })
  return readFileSync(path, "utf8").trim()
}

function start(name: string, args: string[]): void {
  if (stopping) return
  // A person reads this terminal, so the default is to log only what needs attention.
  const env = {
    LOG_LEVEL: process.env["LOG_LEVEL"] ?? "warn",
    DATABASE_URL: process.env["DATABASE_URL"] ?? "",
    NEXTAUTH_SECRET: secretOfSessions,
    NEXTAUTH_URL: address,
    PORT: port,
  }
  children.push(
    startChild({
      name,
      args,
      env,
      onExit: (ended) => {
        say(
          `• ${ended} ended unexpectedly. If port ${port} is in use, choose another: ` +
            `PORT=${Number(port) + 1} npm start`,
        )
        void stopAll(1)
      },
    }),
  )
}

async function ready(): Promise<void> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => null)
    if (response?.ok) return
    await pause(100)
  }
  throw new Error(
    `No answer from http://127.0.0.1:${port}/api/health/ready. ` +
      `If the port is in use, choose another: PORT=${Number(port) + 1} npm start`,
  )
}

mkdirSync(dataDir, { recursive: true })
const secretOfSessions = process.env["NEXTAUTH_SECRET"] ?? secret("session-secret")
const embedded = !process.env["DATABASE_URL"]

try {
  await requirePort(Number(port))
  if (embedded) {
    say("• Starting PostgreSQL (embedded)")
    database = new LaunchedDatabase({
      start: {
        folder: join(dataDir, "postgres"),
        password: secret("postgres-password"),
        settings: { shared_buffers: "256MB", max_connections: "100", max_wal_size: "2GB" },
      },
      say,
      onGivenUp: () => void stopAll(1),
    })
    await database.start()
    process.env["DATABASE_URL"] = database.urlOf("postgres")
    // Commands such as key:create find the running database by this file.
    writeFileSync(join(dataDir, "database-url"), database.urlOf("postgres"), { mode: 0o600 })
  }

  // Imported here because they read DATABASE_URL, which is set above.
  const { migrate } = await import("@/lib/run/launch/migrate")
  const { bootstrap } = await import("@/lib/run/launch/bootstrap")
  const { closeDatabase } = await import("@/lib/base/db/client")
  const { isDemoDatabase } = await import("@/lib/run/demo/organisation")

  say("• Migrating the database")
  await migrate()
  const demo = embedded && !values["no-demo"] && (await isDemoDatabase())
  const admin = demo ? null : await bootstrap()
  await closeDatabase()

  say("• Starting the web server and the worker")
  start("the web server", webArguments)
  start("the worker", workerArguments)
  if (demo) {
    say("• Sending the demo fleet's data (the last two days first)")
    process.env["DEMO_PASSWORD"] = secret("demo-password")
    start("the demo", ["--import", "tsx", "lib/run/demo/main.ts"])
  }
  await ready()

  say(`\nTillwatch is ready: ${address}`)
  if (demo) say(`Sign in as demo@tillwatch.local with ${secret("demo-password")}`)
  if (admin) say(`Sign in as ${admin.email} with the one-time password ${admin.password}`)
  say("Stop it with Ctrl-C.")
} catch (error) {
  if (!stopping) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    await stopAll(1)
  }
}
