import { randomUUID } from "node:crypto"
import { isBusy, isUnavailable } from "@/lib/base/db/failures"
import { AppError } from "@/lib/base/errors"
import { problem } from "@/lib/base/http/problem"
import { log } from "@/lib/base/log/log"
import { currentRequestId } from "@/lib/base/log/request-id"

/** An account link's token is part of a path; ids are shorter. */
const secretInPath = /[\w-]{40,}/g

/** The answer to an error of any kind: what the caller can act on is told, the rest is logged under the answer's request id. */
export function answerError(error: unknown, path: string): Response {
  const requestId = currentRequestId() ?? randomUUID()
  const known = isUnavailable(error)
    ? new AppError(
        "unavailable",
        isBusy(error)
          ? "Too much is asked of the database at once. Nothing is acknowledged: send it all again later."
          : "The database cannot be reached. Nothing is acknowledged: send it all again later.",
      )
    : error
  if (!(known instanceof AppError))
    log.error(
      { requestId, path: path.replace(secretInPath, "…"), error: describe(error) },
      "a request failed",
    )
  return problem(known, requestId)
}

// A database error's message may quote the row that failed, over several lines: only its code and place are logged.
const placeOf = (error: Error) =>
  error.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 5)
/** What the log says of an error: never the values that it may quote. */
export const describe = (error: unknown) =>
  error instanceof Error
    ? "code" in error
      ? { name: error.name, code: error.code, stack: placeOf(error) }
      : { name: error.name, message: error.message, stack: placeOf(error) }
    : { name: "unknown" }
