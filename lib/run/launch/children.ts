import { spawn, type ChildProcess } from "node:child_process"
import { launchedFlag } from "@/lib/run/health/launched"

export type Child = { name: string; stop(): Promise<void>; kill(): void }

/**
 * Node's arguments for the web server. Records live until their commit ends. A large young generation keeps
 * them out of the old generation, whose collection is expensive.
 */
export const webArguments = [
  "--max-semi-space-size=32",
  "--max-old-space-size=384",
  "--import",
  "tsx",
  "lib/run/server/main.ts",
]

/**
 * Node's flags for the worker. A night makes large arrays that it needs for a moment: the smaller the young
 * generation, the sooner they go. Nights of 300,000 terminals fit into the old one.
 */
export const workerFlags = ["--max-semi-space-size=8", "--max-old-space-size=768"]

export const workerArguments = [...workerFlags, "--import", "tsx", "lib/run/worker/main.ts"]

// Longer than the grace time that a child gives itself (health/stopping.ts).
const graceMs = 30_000

/**
 * Starts a process of Tillwatch. `stop` sends SIGTERM, and SIGKILL after 30 s. Any other end calls
 * `onExit`.
 */
export function startChild({
  name,
  args,
  env,
  onExit,
}: {
  name: string
  args: string[]
  env: Record<string, string>
  onExit: (name: string) => void
}): Child {
  let stopping = false
  const child: ChildProcess = spawn(process.execPath, [...args, launchedFlag], {
    // The first is a pipe that ends with this process.
    stdio: ["pipe", "inherit", "inherit"],
    env: { ...process.env, ...env },
    // A process group of its own, so that Ctrl-C reaches only the launcher.
    detached: true,
  })
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()))
  child.on("exit", () => {
    if (!stopping) onExit(name)
  })
  return {
    name,
    kill: () => void child.kill("SIGKILL"),
    stop: async () => {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill("SIGTERM")
      const timer = setTimeout(() => child.kill("SIGKILL"), graceMs)
      await ended
      clearTimeout(timer)
    },
  }
}
