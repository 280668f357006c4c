import { isLateAnswer, isExhausted, isUnavailable } from "@/lib/base/db/failures"
import { AppError } from "@/lib/base/errors"

/** What the caller is told if the database cannot take anything now; null for any other error. */
export function unavailableError(error: unknown): AppError | null {
  if (!isUnavailable(error)) return null
  const state = isExhausted(error)
    ? "has no space, memory or connection left"
    : isLateAnswer(error)
      ? "is busy"
      : "cannot be reached"
  return new AppError("unavailable", `The database ${state}. Send it again later.`)
}
