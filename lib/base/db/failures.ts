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
  // A COPY on Citus whose node went away, and otherwise a server that cannot read or write its files.
  "58030",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
])

const timeouts = new Set(["55P03", "57014", "25P03", "25P04"])

/** A wait for a connection, a lock or a statement took longer than its limit. */
export const isLateAnswer = (error: unknown): boolean =>
  timeouts.has(codeOf(error)) ||
  (error instanceof Error && error.message.startsWith("timeout exceeded when trying to connect"))

/** What pg says of a connection that is gone, if it gives no code. */
const broken = /^(Connection terminated|Client has encountered a connection error|Client was closed)/

/** The server has no disk space, memory or connection left. */
export const isExhausted = (error: unknown): boolean => codeOf(error).startsWith("53")

/**
 * The database is down, starting, shutting down, read-only, or out of connections, memory or disk. Trying
 * again later can help.
 */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error)
  if (unreachable.has(code) || code.startsWith("08") || isExhausted(error)) return true
  return isLateAnswer(error) || (error instanceof Error && broken.test(error.message))
}

/**
 * Two transactions conflicted: a deadlock, a serialisation failure, or two assignments at the same time.
 * Trying again at once can help.
 */
export const isConflict = (error: unknown): boolean =>
  ["40P01", "40001", "23P01"].includes(codeOf(error)) || violatedConstraint(error).endsWith("_now_key")

/**
 * A row's day has no partition. Its time was checked before, so the worker has not made the partition yet.
 */
export const isMissingPartition = (error: unknown): boolean =>
  codeOf(error) === "23514" &&
  typeof error === "object" &&
  error !== null &&
  !("constraint" in error && error.constraint !== undefined)

/** A value has the wrong type, or is outside its range. */
export const isUnfitValue = (error: unknown): boolean => codeOf(error).startsWith("22")

/** A value does not fit its column, or its row breaks a constraint. The record is wrong. */
export const isDataError = (error: unknown): boolean => isUnfitValue(error) || codeOf(error).startsWith("23")

/** A row with the same key exists. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === "23505"

/** A row is still referred to, or refers to one that does not exist. */
export const isForeignKeyViolation = (error: unknown): boolean => codeOf(error) === "23503"

/** The name of the violated constraint, or an empty text. */
export const violatedConstraint = (error: unknown): string =>
  typeof error === "object" && error !== null && "constraint" in error && typeof error.constraint === "string"
    ? error.constraint
    : ""

/** Citus reports what one of its nodes says of a COPY without the node's code. */
export const hasNoCode = (error: unknown): boolean => codeOf(error) === "XX000"

export const isMissingTable = (error: unknown): boolean => codeOf(error) === "42P01"

/** Another transaction held a lock for longer than lock_timeout. */
export const isLockTimeout = (error: unknown): boolean => codeOf(error) === "55P03"
