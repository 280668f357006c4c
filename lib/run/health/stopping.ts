import { log } from "@/lib/base/log/log"

// Next loads this module once for each bundle, so the state is in globalThis.
const shared = globalThis as typeof globalThis & { tillwatchStoppingSince?: number }

/** How long work in progress may take to end. */
const graceMs = 25_000
/** One Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const sameSignalMs = 500

/** Whether this process was asked to stop. It then finishes its work and takes no new work. */
export const isStopping = (): boolean => shared.tillwatchStoppingSince !== undefined

/**
 * Calls `stop` at the first signal. A second signal, or the end of the grace time, ends the process at
 * once.
 */
export function onStop(stop: () => void | Promise<void>): void {
  const onSignal = () => {
    if (shared.tillwatchStoppingSince !== undefined) {
      if (Date.now() - shared.tillwatchStoppingSince > sameSignalMs) process.exit(1)
      return
    }
    shared.tillwatchStoppingSince = Date.now()
    setTimeout(() => {
      log.warn({ afterMs: graceMs }, "work did not end in time")
      process.exit(1)
    }, graceMs).unref()
    void stop()
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal)
}
