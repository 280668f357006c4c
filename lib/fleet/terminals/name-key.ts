const capitals = /[A-Z]+/g

/**
 * What serial numbers and TIDs are compared by: NFKC, trimmed, without case. `terminal.serial_key` and
 * `terminal_tid.tid_key` hold the same; the letters of other scripts keep their case there, and so here.
 */
export const nameKey = (name: string): string =>
  name
    .normalize("NFKC")
    .trim()
    .replace(capitals, (letters) => letters.toLowerCase())
