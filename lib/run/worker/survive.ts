import { isUnavailable } from "@/lib/base/db/failures"
import { describe } from "@/lib/base/log/describe"
import { log } from "@/lib/base/log/log"

/** Whether an error, or every error in an AggregateError, means that the database is away. */
const isAway = (error: unknown): boolean =>
  isUnavailable(error) || (error instanceof AggregateError && error.errors.every(isAway))

/**
 * Keeps the worker running after an unhandled rejection in a library if the database is away. Any other
 * unhandled rejection ends the process, as by default.
 */
export function surviveDatabase(): void {
  process.on("unhandledRejection", (error) => {
    const isKnown = isAway(error)
    log[isKnown ? "warn" : "fatal"]({ error: describe(error) }, "an unhandled rejection")
    if (!isKnown) process.exit(1)
  })
}
