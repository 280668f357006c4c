const capitals = /[A-Z]+/g
/** ASCII without blanks, as most names are. NFKC and trimming leave it as it is. */
const plainName = /^[!-~]+$/

/**
 * The key that serial numbers and TIDs are compared by: NFKC, trimmed, ASCII in lower case.
 * `terminal.serial_key` and `terminal_tid.tid_key` are computed the same way.
 */
export const nameKey = (name: string): string =>
  plainName.test(name)
    ? name.toLowerCase()
    : name
        .normalize("NFKC")
        .trim()
        .replace(capitals, (letters) => letters.toLowerCase())
