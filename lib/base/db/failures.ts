const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : ""

const unreachable = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "ETIMEDOUT",
  "57P01",
  "57P02",
  "57P03",
  "25006",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
])

/** All connections of this process's pool were in use for longer than a request waits. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith("timeout exceeded when trying to connect")

/**
 * The database is down, starting, shutting down, standing by, or out of connections, memory or disk: trying
 * again later can help.
 */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error)
  if (unreachable.has(code) || code.startsWith("08") || code.startsWith("53")) return true
  return isBusy(error) || (error instanceof Error && error.message.startsWith("Connection terminated"))
}

/**
 * Two transactions met (deadlock, serialization, two assignments of the same time or of now): trying again at
 * once can help.
 */
export const isConflict = (error: unknown): boolean =>
  ["40P01", "40001", "23P01"].includes(codeOf(error)) || violatedConstraint(error).endsWith("_now_key")

/** A row's day has no partition: its time was checked, so it is the worker that has not made it yet. */
export const isMissingPartition = (error: unknown): boolean =>
  codeOf(error) === "23514" &&
  typeof error === "object" &&
  error !== null &&
  !("constraint" in error && error.constraint !== undefined)

/** A value is none of its type, or does not fit it. */
export const isUnfitValue = (error: unknown): boolean => codeOf(error).startsWith("22")

/** A value does not fit its column, or its row breaks a constraint: the record is at fault. */
export const isDataError = (error: unknown): boolean => isUnfitValue(error) || codeOf(error).startsWith("23")

/** A row of the same key is there already. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === "23505"

/** A row that others refer to, or that refers to none. */
export const isForeignKeyViolation = (error: unknown): boolean => codeOf(error) === "23503"

/** The name of the constraint that a row broke; empty where it broke none. */
export const violatedConstraint = (error: unknown): string =>
  typeof error === "object" && error !== null && "constraint" in error && typeof error.constraint === "string"
    ? error.constraint
    : ""

export const isMissingTable = (error: unknown): boolean => codeOf(error) === "42P01"

/** Somebody else held a lock for longer than we care to wait. */
export const isLockTimeout = (error: unknown): boolean => codeOf(error) === "55P03"
