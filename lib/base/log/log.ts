import { pino } from "pino"
import { logLevels } from "@/lib/base/env"
import { currentRequestId } from "@/lib/base/log/request-id"
import { maskPans } from "@/lib/base/text/pan"

// Read here because the log comes before env.ts, which reports invalid levels.
const level = logLevels.find((one) => one === process.env["LOG_LEVEL"]) ?? "info"

const output = pino.destination({ sync: true })

/** Masks card numbers in log lines. A topic, a path or a library's message may contain one. */
export const withoutCards = (write: (line: string) => unknown) => ({
  write: (line: string) => void write(maskPans(line, { json: true })),
})

// Log lines contain counts, ids and durations, never a body, a header or a secret. Lines of a request have
// its id.
export const log = pino(
  {
    level,
    base: null,
    mixin: () => {
      const requestId = currentRequestId()
      return requestId === undefined ? {} : { requestId }
    },
  },
  withoutCards((line) => output.write(line)),
)
