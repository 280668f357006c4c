import type { Row } from "@/lib/intake/ingest/rows"

/** Beyond this many terminals the marks are forgotten: they save work and decide nothing. */
const mostTerminals = 1_000_000

/**
 * The newest `at` that this process has stored of each terminal. A row beyond it is most likely new, and may
 * go by COPY; the key decides whether it is.
 */
export class Watermarks {
  readonly #newest = new Map<number, number>()

  /** Rows in key order, parted into those that look new and those that may be there already. */
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

  /** Notes rows that are durable. */
  note(rows: Row[]): void {
    if (this.#newest.size > mostTerminals) this.#newest.clear()
    for (const { terminalId, at } of rows) {
      if (at > (this.#newest.get(terminalId) ?? Number.NEGATIVE_INFINITY)) this.#newest.set(terminalId, at)
    }
  }
}
