import { randomUUID } from "node:crypto"
import { isExhausted, isUnfitValue } from "@/lib/base/db/failures"
import { unavailableError } from "@/lib/base/db/unavailable-error"
import { AppError } from "@/lib/base/errors"
import { problem } from "@/lib/base/http/problem"
import { describe } from "@/lib/base/log/describe"
import { log } from "@/lib/base/log/log"
import { currentRequestId } from "@/lib/base/log/request-id"

/** Matches the token of an account link in a path. Ids are shorter. */
const secretInPath = /[\w-]{40,}/g

/** The decoded path. Percent signs would hide a card number from the log's search. */
function plainPath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/**
 * Answers an error: an AppError as it is, anything else without details and logged under the request's id.
 */
export function answerError(error: unknown, path: string): Response {
  const requestId = currentRequestId() ?? randomUUID()
  const known = knownOf(error)
  if (isUnfitValue(error) || isExhausted(error) || !(known instanceof AppError))
    log.error(
      { requestId, path: plainPath(path).replace(secretInPath, "…"), error: describe(error) },
      "a request failed",
    )
  return problem(known, requestId)
}

/** Turns a database failure that the caller can act on into an AppError. */
function knownOf(error: unknown): unknown {
  const unavailable = unavailableError(error)
  if (unavailable) return unavailable
  // Schemas refuse such values. If one gets here, a schema is missing a check, so it is logged too.
  if (isUnfitValue(error))
    return new AppError(
      "invalid",
      "A value of the request does not fit its field, for example a number that is too large. Correct it.",
    )
  return error
}
