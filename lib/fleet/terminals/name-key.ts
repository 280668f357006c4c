const capitals = /[A-Z]+/g

/**
 * The key that serial numbers and TIDs are compared by: NFKC, trimmed, ASCII in lower case.
 * `terminal.serial_key` and `terminal_tid.tid_key` are computed the same way.
 */
export const nameKey = (name: string): string =>
  name
    .normalize("NFKC")
    .trim()
    .replace(capitals, (letters) => letters.toLowerCase())
