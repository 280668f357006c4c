import { spawn, type ChildProcess } from "node:child_process"

export type Child = { name: string; stop(): Promise<void>; kill(): void }

/**
 * How node runs the web server. Records live for as long as their commit takes: a young generation that holds
 * them that long keeps them out of the old one, whose collection is dear.
 */
export const webArguments = [
  "--max-semi-space-size=64",
  "--max-old-space-size=384",
  "--import",
  "tsx",
  "lib/run/server/main.ts",
]

// More than a child takes for itself.
const graceMs = 30_000

/**
 * Starts a process of Tillwatch. It ends with `stop`: first asked, after 30 s told. An unasked end calls
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
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
    // Its own group: Ctrl-C reaches the launcher alone, which stops its children in order.
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
