import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import type pg from "pg"
import { quantile as quantileOrNull } from "@/lib/base/statistics/quantile"

const ticksPerSecond = 100

/** CPU seconds of a process and its running and ended children (Linux). */
export function cpuSeconds(pid: number): number {
  const children = childrenOf(pid)
  return [pid, ...children].reduce((total, one) => total + ownSeconds(one, one === pid), 0)
}

/** The fields of `/proc/PID/stat` after the name. */
const statOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")
    .map(Number)

/** The process of the database server of a connection, of which its sessions are children. */
export async function serverPid(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid")
  // The session ends with the connection, so its parent is asked for here.
  const [, parent = 0] = statOf(rows[0]?.pid ?? 0)
  return parent
}

function ownSeconds(pid: number, withEnded: boolean): number {
  try {
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = statOf(pid).slice(11, 15)
    return (user + system + (withEnded ? endedUser + endedSystem : 0)) / ticksPerSecond
  } catch {
    return 0
  }
}

/** CPU seconds of this process alone. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function childrenOf(pid: number): number[] {
  try {
    return execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" })
      .split("\n")
      .filter(Boolean)
      .map(Number)
  } catch {
    return []
  }
}

/** Resident memory in MB: now and at its peak. */
export function residentMb(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8")
  const of = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024)
  return { now: of("VmRSS"), most: of("VmHWM") }
}

export const quantile = (values: readonly number[], share: number): number =>
  quantileOrNull(values, share) ?? Number.NaN

export const quantiles = (values: number[]) => ({
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  p99: quantile(values, 0.99),
})

/** Calls `sample` at intervals while `run` runs. */
export async function whileSampling<T>(
  everyMs: number,
  sample: () => Promise<void>,
  run: () => Promise<T>,
): Promise<T> {
  let isRunning = true
  const sampling = (async () => {
    while (isRunning) {
      await sample()
      await pause(everyMs)
    }
  })()
  try {
    return await run()
  } finally {
    isRunning = false
    await sampling
  }
}
