import { spawn, type ChildProcess } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import getPort from "get-port"
import { startEmbedded } from "@/lib/base/db/embedded"
import { webArguments, workerArguments } from "@/lib/run/launch/children"
import { needBuild } from "@/tests/support/need-build"
import { within } from "@/tests/support/wait"

/**
 * A whole Tillwatch: PostgreSQL, web and worker processes, each of which a test can kill and start again.
 */
export type Stack = {
  /** The first web process's address. `web` and `worker` are the first processes too. */
  url: string
  /** The database's folder. */
  folder: string
  /** All output of PostgreSQL, web and worker. */
  said(): string
  postgres: Part
  web: Web
  worker: Program
  webs: Web[]
  workers: Program[]
  stop(): Promise<void>
}

export type Part = {
  pid(): number
  start(): Promise<void>
  /** Kills it at once, like a power cut. */
  kill(): Promise<void>
}

export type Program = Part & {
  /** Whether it was started and has not ended since. */
  isRunning(): boolean
  /** Asks it to end. Returns its exit code. */
  end(): Promise<number | null>
}

export type Web = Program & { url: string }

/** The database of a stack: a PostgreSQL of its own, or a cluster that it is given. */
export type Server = Part & {
  url: string
  folder: string
  /** Called when the database is migrated. */
  prepare(): Promise<void>
  stop(): Promise<void>
}

type Options = {
  /** A PostgreSQL like that of `npm start` if none is given. */
  server?: ((onLog: (text: string) => void) => Promise<Server>) | undefined
  settings?: Record<string, string>
  logLevel?: string
  env?: Record<string, string>
  processes?: number
  /** Options of Node for the web processes. */
  webOptions?: string[]
}

const startsWithinMs = 60_000

/** Sets DATABASE_URL and NEXTAUTH_SECRET and migrates. Returns the environment for web and worker. */
async function migrated(server: Server, more: Record<string, string>): Promise<NodeJS.ProcessEnv> {
  process.env["DATABASE_URL"] = server.url
  process.env["NEXTAUTH_SECRET"] = "s".repeat(32)
  const { migrate } = await import("@/lib/run/launch/migrate")
  await migrate()
  await server.prepare()
  return { ...process.env, NODE_ENV: "production", ...more }
}

const embeddedServer =
  (settings: Record<string, string>) =>
  async (onLog: (text: string) => void): Promise<Server> => {
    const folder = mkdtempSync(join(tmpdir(), "tillwatch-stack-"))
    chmodSync(folder, 0o711)
    const port = await getPort()
    const startServer = () =>
      within(startsWithinMs, () =>
        startEmbedded({ folder: join(folder, "postgres"), password: "stack", settings, port, onLog }),
      )
    let server = await startServer()
    return {
      url: server.urlOf("postgres"),
      folder,
      prepare: () => Promise.resolve(),
      pid: () => server.pid ?? 0,
      start: async () => void (server = await startServer()),
      kill: async () => {
        process.kill(server.pid ?? 0, "SIGKILL")
        await server.stop()
      },
      stop: async () => {
        await server.stop()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }

async function requireReady(url: string): Promise<void> {
  const response = await fetch(`${url}/api/health/ready`)
  if (!response.ok) throw new Error(`the web server answers ${response.status}`)
}

/**
 * Starts PostgreSQL like `npm start`, migrates, and sets DATABASE_URL and NEXTAUTH_SECRET. The caller starts
 * web and worker.
 */
export async function startStack({
  settings = {},
  server: serverOf = embeddedServer(settings),
  logLevel = "error",
  env: more = {},
  processes = 1,
  webOptions = [],
}: Options = {}): Promise<Stack> {
  needBuild()
  const said: string[] = []
  const onLog = (text: string) => void said.push(text)
  const server = await serverOf(onLog)
  const env = await migrated(server, { LOG_LEVEL: logLevel, ...more })
  const [web, worker] = [await webOf(env, onLog, webOptions), workerOf(env, onLog)]
  const [webs, workers] = [[web], [worker]]
  for (let i = 1; i < processes; i += 1) {
    webs.push(await webOf(env, onLog, webOptions))
    workers.push(workerOf(env, onLog))
  }
  return {
    url: web.url,
    postgres: server,
    web,
    worker,
    webs,
    workers,
    folder: server.folder,
    said: () => said.join(""),
    stop: async () => {
      await Promise.all([...webs, ...workers].map((part) => part.kill()))
      const { closeDatabase } = await import("@/lib/base/db/client")
      await closeDatabase()
      await server.stop()
    },
  }
}

type OnLog = (text: string) => void

/** A web server on a free port. */
export async function webOf(
  env: NodeJS.ProcessEnv,
  onLog: OnLog,
  options: readonly string[] = [],
): Promise<Web> {
  const port = await getPort()
  const url = `http://127.0.0.1:${port}`
  const how = { args: [...options, ...webArguments], env: { ...env, PORT: String(port) }, onLog }
  return { ...processOf(how, () => within(startsWithinMs, () => requireReady(url))), url }
}

export const workerOf = (env: NodeJS.ProcessEnv, onLog: OnLog): Program =>
  processOf({ args: workerArguments, env, onLog }, () => Promise.resolve())

type Process = { args: string[]; env: NodeJS.ProcessEnv; onLog: OnLog }

function processOf({ args, env, onLog }: Process, ready: () => Promise<void>): Program {
  let child: ChildProcess | undefined
  let gone: Promise<number | null> = Promise.resolve(null)
  return {
    pid: () => child?.pid ?? 0,
    isRunning: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    start: async () => {
      const started = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] })
      child = started
      started.stdout.on("data", (chunk: Buffer) => onLog(chunk.toString()))
      started.stderr.on("data", (chunk: Buffer) => {
        onLog(chunk.toString())
        process.stderr.write(chunk)
      })
      gone = new Promise((resolve) => started.on("exit", resolve))
      await ready()
    },
    end: () => {
      child?.kill("SIGTERM")
      return gone
    },
    kill: async () => {
      child?.kill("SIGKILL")
      await gone
    },
  }
}
