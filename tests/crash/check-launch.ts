import assert from "node:assert/strict"
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import getPort from "get-port"
import { needBuild } from "@/tests/support/need-build"
import { descendantsOf, isRunning } from "@/tests/support/processes"

const longestMs = 60_000

/** `npm start` without its preparations, in a folder of its own. */
class Launcher {
  readonly #folder: string
  readonly port: number
  readonly process: ChildProcess
  #said = ""

  constructor(folder: string, port: number) {
    this.#folder = folder
    this.port = port
    const args = ["--import", "tsx", "lib/run/launch/main.ts", "--no-demo"]
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      TILLWATCH_DATA_DIR: folder,
      PORT: String(port),
      DATABASE_URL: "",
      NODE_ENV: "production",
    }
    this.process = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] })
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on("data", (chunk: Buffer) => (this.#said += chunk.toString()))
  }

  /** The process of PostgreSQL; 0 if none has started. */
  get postmaster(): number {
    const file = join(this.#folder, "postgres/postmaster.pid")
    return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n", 1)[0]) || 0 : 0
  }

  /** The launcher's processes and PostgreSQL. */
  get all(): number[] {
    return [...new Set([this.postmaster, this.process.pid ?? 0, ...descendantsOf(this.process.pid ?? 0)])]
  }

  async until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + longestMs
    while (!(await isSo())) {
      assert.ok(Date.now() < deadline, `waited in vain for ${what}:\n${this.#said}`)
      await pause(20)
    }
  }

  /** Waits until the text was said that often. */
  untilSaid = (text: string, times = 1) =>
    this.until(`"${text}"`, () => this.#said.split(text).length > times)

  untilReady = () =>
    this.until("the web server", async () => {
      const answer = await fetch(`http://127.0.0.1:${this.port}/api/health/ready`).catch(() => null)
      return answer?.ok === true
    })

  async untilEnded(code: number): Promise<void> {
    await this.until("the launcher's end", () => this.process.exitCode !== null)
    assert.equal(this.process.exitCode, code, this.#said)
  }

  untilGone = (processes: readonly number[]) =>
    this.until("the end of all processes", () => !processes.some(isRunning))
}

type Launch = (port?: number) => Promise<Launcher>

/** PostgreSQL is started again; a second launcher names it; nothing outlives a killed launcher. */
async function checkKills(launch: Launch): Promise<void> {
  const launcher = await launch()
  await launcher.untilSaid("Tillwatch is ready")
  process.kill(launcher.postmaster, "SIGKILL")
  await launcher.untilSaid("PostgreSQL runs again")
  await launcher.untilReady()

  const second = await launch()
  await second.untilSaid(`already runs as process ${launcher.postmaster}`)
  await second.untilEnded(1)

  const { all } = launcher
  assert.ok(all.length >= 5, `the launcher has only ${all.length} processes`)
  launcher.process.kill("SIGKILL")
  await launcher.untilGone(all)
}

/** PostgreSQL does not outlive a launcher that is killed while PostgreSQL is starting. */
async function checkKillInStart(launch: Launch): Promise<void> {
  const launcher = await launch()
  const isNew = () => launcher.postmaster !== 0 && isRunning(launcher.postmaster)
  await launcher.until("PostgreSQL's process", isNew)
  const { all } = launcher
  launcher.process.kill("SIGKILL")
  await launcher.untilGone(all)
}

async function checkTakenPort(launch: Launch): Promise<void> {
  const taken = await getPort()
  const other = createServer().listen(taken)
  await once(other, "listening")
  const launcher = await launch(taken)
  await launcher.untilSaid(`Port ${taken} is taken`)
  await launcher.untilEnded(1)
  assert.ok(!isRunning(launcher.postmaster), "PostgreSQL was started")
  other.close()
}

/** A launcher that is stopped while PostgreSQL starts again ends at once, with everything. */
async function checkStopInRestart(launch: Launch): Promise<void> {
  for (const said of ["starts again in 1 s", "PostgreSQL runs again"]) {
    const launcher = await launch()
    await launcher.untilSaid("Tillwatch is ready")
    const { all } = launcher
    process.kill(launcher.postmaster, "SIGKILL")
    await launcher.untilSaid(said)
    const begun = launcher.postmaster
    launcher.process.kill("SIGTERM")
    await launcher.untilEnded(0)
    await launcher.untilGone([...all, begun, launcher.postmaster])
  }
}

async function checkGivingUp(launch: Launch): Promise<void> {
  const launcher = await launch()
  await launcher.untilSaid("Tillwatch is ready")
  const { all } = launcher
  for (let times = 1; times <= 3; times += 1) {
    process.kill(launcher.postmaster, "SIGKILL")
    await launcher.untilSaid("PostgreSQL runs again", times)
  }
  process.kill(launcher.postmaster, "SIGKILL")
  await launcher.untilSaid("PostgreSQL ended 4 times. Tillwatch stops")
  await launcher.untilEnded(1)
  await launcher.untilGone([...all, launcher.postmaster])
}

/**
 * Throws if `npm start` does not survive the death of PostgreSQL, does not end clearly, or leaves a process
 * behind.
 */
export async function checkLaunch(): Promise<void> {
  needBuild()
  const folder = mkdtempSync(join(tmpdir(), "tillwatch-launch-"))
  chmodSync(folder, 0o711)
  const launchers: Launcher[] = []
  const launch: Launch = async (port) => {
    const launcher = new Launcher(folder, port ?? (await getPort()))
    launchers.push(launcher)
    return launcher
  }
  try {
    for (const check of [checkKills, checkKillInStart, checkTakenPort, checkStopInRestart, checkGivingUp])
      await check(launch)
  } finally {
    for (const launcher of launchers) launcher.process.kill("SIGKILL")
    rmSync(folder, { recursive: true, force: true })
  }
}
