// A database error's message may quote the failed row, so only its code and place are logged.
const placeOf = (error: Error) =>
  error.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 5)

/** What to log of an error: never the values that it may quote. */
export const describe = (error: unknown) =>
  error instanceof Error
    ? "code" in error
      ? { name: error.name, code: error.code, stack: placeOf(error) }
      : { name: error.name, message: error.message, stack: placeOf(error) }
    : { name: "unknown" }
