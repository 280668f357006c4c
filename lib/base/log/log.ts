import { pino } from "pino"
import { logLevels } from "@/lib/base/env"
import { currentRequestId } from "@/lib/base/log/request-id"

// Here before the rest is checked: what is no level is told by env.ts.
const level = logLevels.find((one) => one === process.env["LOG_LEVEL"]) ?? "info"

// Records name counts, ids and durations; never a body, a header or a secret. What is said while a request is
// answered has its id.
export const log = pino({
  level,
  base: null,
  mixin: () => {
    const requestId = currentRequestId()
    return requestId === undefined ? {} : { requestId }
  },
})
