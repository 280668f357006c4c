import assert from "node:assert/strict"
import { spawn, type ChildProcess } from "node:child_process"
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import getPort from "get-port"

const longestMs = 60_000

/**
 * Throws if `npm start` does not survive the death of PostgreSQL, or if anything outlives a killed launcher.
 */
export async function checkLaunch(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tillwatch-launch-"))
  chmodSync(folder, 0o711)
  const port = await getPort()
  const said: string[] = []
  const launch = (ownPort = port): ChildProcess => {
    const args = ["--import", "tsx", "lib/run/launch/main.ts", "--no-demo"]
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      TILLWATCH_DATA_DIR: folder,
      PORT: String(ownPort),
      DATABASE_URL: "",
      NODE_ENV: "production",
    }
    const started = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] })
    for (const stream of [started.stdout, started.stderr])
      stream?.on("data", (chunk: Buffer) => said.push(chunk.toString()))
    return started
  }
  const isReady = async () =>
    (await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => null))?.ok === true
  const postmaster = () =>
    Number(readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n", 1)[0])
  const hasSaid = (text: string) => () => Promise.resolve(said.join("").includes(text))

  const launcher = launch()
  try {
    await until("the start", hasSaid("Tillwatch is ready"), said)
    process.kill(postmaster(), "SIGKILL")
    await until("PostgreSQL's return", hasSaid("PostgreSQL runs again"), said)
    await until("the web server's return", isReady, said)

    const second = launch(await getPort())
    await until("the second launcher's refusal", hasSaid(`already runs as process ${postmaster()}`), said)
    await until("its end", () => Promise.resolve(second.exitCode !== null), said)

    const database = postmaster()
    const left = descendantsOf(launcher.pid ?? 0)
    assert.ok(left.length >= 4, `the launcher has only ${left.length} processes`)
    launcher.kill("SIGKILL")
    const running = () => [database, ...left].filter(isRunning)
    await until("the end of all processes", () => Promise.resolve(running().length === 0), said)
  } finally {
    launcher.kill("SIGKILL")
    rmSync(folder, { recursive: true, force: true })
  }
}

async function until(what: string, isSo: () => Promise<boolean>, said: string[]): Promise<void> {
  const deadline = Date.now() + longestMs
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, `waited in vain for ${what}:\n${said.join("")}`)
    await pause(100)
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A zombie that nobody has waited for runs no more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))
  } catch {
    return false
  }
}

const descendantsOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .split(" ")
    .filter(Boolean)
    .flatMap((child) => [Number(child), ...descendantsOf(Number(child))])
