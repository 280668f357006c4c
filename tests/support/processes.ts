import { readFileSync } from "node:fs"

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A zombie that nobody has waited for runs no more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))
  } catch {
    return false
  }
}

export const descendantsOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .split(" ")
    .filter(Boolean)
    .flatMap((child) => [Number(child), ...descendantsOf(Number(child))])

/** A process's program and arguments; empty if it has ended. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
  } catch {
    return ""
  }
}
