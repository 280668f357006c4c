import { format } from "node:util"
import { describe } from "@/lib/base/log/describe"
import { log } from "@/lib/base/log/log"

const levels = {
  trace: "warn",
  error: "error",
  warn: "warn",
  info: "info",
  log: "info",
  debug: "debug",
} as const

/**
 * Turns what libraries print into lines of the log, which mask card numbers. Of an error, only what
 * `describe` says is logged.
 */
export function captureConsole(target: Pick<Console, keyof typeof levels> = globalThis.console): void {
  for (const [method, level] of Object.entries(levels)) {
    target[method as keyof typeof levels] = (...printed: unknown[]) => {
      const error = printed.find((one) => one instanceof Error)
      const texts = printed.filter((one) => !(one instanceof Error))
      const line = {
        ...(error ? { error: describe(error) } : {}),
        ...(texts.length > 0 ? { printed: format(...texts) } : {}),
      }
      log[level](line, "a library printed")
    }
  }
}
