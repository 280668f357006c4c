import type { Row } from "@/lib/intake/ingest/rows"

/** Above this number of terminals, the marks are cleared. They only save work. */
const mostTerminals = 1_000_000

/**
 * The newest `at` that this process has stored for each terminal. A later row is probably new and can be
 * inserted by COPY; the key decides.
 */
export class Watermarks {
  readonly #newest = new Map<number, number>()

  /** Splits rows in key order into those that look new and those that may exist already. */
  part(rows: Row[]): { fresh: Row[]; doubtful: Row[] } {
    const fresh: Row[] = []
    const doubtful: Row[] = []
    let terminalId = -1
    let newest = 0
    for (const row of rows) {
      if (row.terminalId !== terminalId) {
        terminalId = row.terminalId
        newest = this.#newest.get(terminalId) ?? Number.POSITIVE_INFINITY
      }
      if (row.at > newest) {
        fresh.push(row)
        newest = row.at
      } else doubtful.push(row)
    }
    return { fresh, doubtful }
  }

  /** Records rows that are durable. */
  note(rows: Row[]): void {
    if (this.#newest.size > mostTerminals) this.#newest.clear()
    for (const { terminalId, at } of rows) {
      if (at > (this.#newest.get(terminalId) ?? Number.NEGATIVE_INFINITY)) this.#newest.set(terminalId, at)
    }
  }
}
