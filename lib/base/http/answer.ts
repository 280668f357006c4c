import { randomUUID } from "node:crypto"
import { isBusy, isUnavailable, isUnfitValue } from "@/lib/base/db/failures"
import { AppError } from "@/lib/base/errors"
import { problem } from "@/lib/base/http/problem"
import { log } from "@/lib/base/log/log"
import { currentRequestId } from "@/lib/base/log/request-id"

/** An account link's token is part of a path; ids are shorter. */
const secretInPath = /[\w-]{40,}/g

/**
 * The answer to an error of any kind: what the caller can act on is told, the rest is logged under the
 * answer's request id.
 */
export function answerError(error: unknown, path: string): Response {
  const requestId = currentRequestId() ?? randomUUID()
  const known = knownOf(error)
  if (isUnfitValue(error) || !(known instanceof AppError))
    log.error(
      { requestId, path: path.replace(secretInPath, "…"), error: describe(error) },
      "a request failed",
    )
  return problem(known, requestId)
}

/** What the caller can do about a failure of the database, where the caller can do something. */
function knownOf(error: unknown): unknown {
  if (isUnavailable(error))
    return new AppError(
      "unavailable",
      isBusy(error)
        ? "Too much is asked of the database at once. Nothing is acknowledged: send it all again later."
        : "The database cannot be reached. Nothing is acknowledged: send it all again later.",
    )
  // Schemas refuse such values. One that comes so far is missing in a schema, so it is logged as well.
  if (isUnfitValue(error))
    return new AppError(
      "invalid",
      "A value of the request does not fit its field, such as a number that is too large: correct it.",
    )
  return error
}

// A database error's message may quote the row that failed, over several lines: only its code and place are
// logged.
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
