import { log } from "@/lib/base/log/log"

// Next loads this module once for each bundle; the process stops in all of them.
const shared = globalThis as typeof globalThis & { tillwatchStoppingSince?: number }

/** What is in hand has this long to end. */
const graceMs = 25_000
/** One Ctrl-C may arrive more than once: from the terminal, and passed on by npm. */
const sameSignalMs = 500

/** Whether this process was asked to end: it ends what it has in hand and takes nothing new. */
export const isStopping = (): boolean => shared.tillwatchStoppingSince !== undefined

/**
 * Calls `stop` at the first signal to end. A second one ends the process at once, as does work that takes too
 * long.
 */
export function onStop(stop: () => void | Promise<void>): void {
  const onSignal = () => {
    if (shared.tillwatchStoppingSince !== undefined) {
      if (Date.now() - shared.tillwatchStoppingSince > sameSignalMs) process.exit(1)
      return
    }
    shared.tillwatchStoppingSince = Date.now()
    setTimeout(() => {
      log.warn({ afterMs: graceMs }, "what was in hand did not end in time")
      process.exit(1)
    }, graceMs).unref()
    void stop()
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal)
}
