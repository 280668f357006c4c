import { AppError } from "@/lib/base/errors"
import type { CardKey } from "@/lib/intake/imports/cards/card-ref"
import { mostColumns, type FileRow, type Found, type KeptRow } from "@/lib/intake/imports/files/file-row"
import { findHeader } from "@/lib/intake/imports/files/find-header"
import { Widths } from "@/lib/intake/imports/files/guess-delimiter"
import { headersOf } from "@/lib/intake/imports/files/headers-of"
import { kindOf } from "@/lib/intake/imports/files/kind-of"
import { readCsv } from "@/lib/intake/imports/files/read-csv"
import { readLines } from "@/lib/intake/imports/files/read-lines"
import { readXlsx } from "@/lib/intake/imports/files/read-xlsx"
import { RowTaker } from "@/lib/intake/imports/files/row-taker"
import type { Source } from "@/lib/intake/imports/files/source-form"
import { FactsGatherer, type FileFacts } from "@/lib/intake/imports/mapping/column-facts"
import { headerKey } from "@/lib/intake/imports/mapping/recognise"
import type { Encoding } from "@/lib/intake/imports/words"

/** The most common number of cells. */
function usualWidth(rows: readonly FileRow[]): number {
  const widths = new Widths()
  for (const { cells } of rows) widths.add(cells.length)
  return widths.mostCommon
}

export const mostRows = { csv: 1_000_000, xlsx: 200_000 } as const
/** Exports can have titles, dates and addresses above the column names. */
const mostTitleRows = 50

type Options = {
  encoding?: Encoding | undefined
  delimiter?: string | undefined
  /** The line with the column names, or 0 if there is none. Detected if absent. */
  headerRow?: number | undefined
  cardKey: CardKey
  /** Headers to look for besides the usual ones. */
  wanted?: readonly string[]
  /** Columns whose values can look like card numbers. Those values are stored as a hash. */
  hashed?: readonly string[]
  /** The form of a stored source, if the file is one. */
  source?: Source | null
}

/**
 * Reads a file as a table. Detects its format, encoding, delimiter and header row; masks card numbers and
 * makes references for them; gives each row a hash of its own. Uses bounded memory.
 */
export class Table {
  readonly found: Found = { format: "csv", encoding: null, delimiter: null, headers: [], headerRow: null }
  readonly #gatherer = new FactsGatherer()
  readonly #body: AsyncIterable<Uint8Array>
  readonly #options: Options
  readonly #wanted: ReadonlySet<string>
  readonly #widths = new Widths()
  #rivals: readonly string[] = []

  constructor(body: AsyncIterable<Uint8Array>, options: Options) {
    this.#body = body
    this.#options = options
    this.#wanted = new Set((options.wanted ?? []).map(headerKey))
  }

  /**
   * The delimiters that may fit the whole file, if the one that was used does not give all rows the same
   * number of cells. Empty if it does.
   */
  get candidates(): readonly string[] {
    const { delimiter } = this.found
    return this.#widths.isEven || this.#rivals.length === 0 || delimiter === null
      ? []
      : [delimiter, ...this.#rivals]
  }

  /** What the rows read so far show about their columns. */
  get facts(): FileFacts {
    return this.#gatherer.factsOf(this.found.headers)
  }

  async *rows(): AsyncGenerator<KeptRow> {
    let titles: FileRow[] | null = []
    const { cardKey: key, hashed = [], source } = this.#options
    const taker = new RowTaker({ key, hashed, isMarked: source != null })
    let count = 0
    const take = (row: FileRow): KeptRow => {
      count += 1
      if (count > mostRows[this.found.format])
        throw new AppError(
          "too_large",
          `The file has more than ${mostRows[this.found.format].toLocaleString("en")} rows: split it.`,
        )
      this.#widths.add(row.cells.length)
      const kept = taker.take(row, this.found)
      if (kept.cellCount === undefined) this.#gatherer.add(kept.cells)
      return kept
    }
    for await (const row of this.#cells()) {
      if (titles === null) {
        yield take(row)
        continue
      }
      titles.push(row)
      if (titles.length < mostTitleRows) continue
      for (const early of this.#begin(titles)) yield take(early)
      titles = null
    }
    if (titles) for (const early of this.#begin(titles)) yield take(early)
  }

  /** Finds the header among the first rows, and yields the rows after it. */
  #begin(rows: FileRow[]): FileRow[] {
    const index = this.#headerIndex(rows)
    const header = index === null ? undefined : rows[index]
    const below = index === null ? rows : rows.slice(index + 1)
    // The cells of a workbook are in their columns, even if a row has fewer cells.
    const width =
      this.found.format === "xlsx"
        ? Math.max(header?.cells.length ?? 0, ...below.map(({ cells }) => cells.length))
        : (header?.cells.length ?? usualWidth(below))
    if (rows.length === 0 || width === 0)
      throw new AppError("invalid", "The file is empty: it needs a row with the column names.")
    if (width > mostColumns) throw new AppError("invalid", `The file has more than ${mostColumns} columns.`)
    this.found.headers.push(...headersOf(header?.cells ?? [], width))
    this.found.headerRow = header?.line ?? null
    return below
  }

  #headerIndex(rows: FileRow[]): number | null {
    const { headerRow } = this.#options
    if (headerRow === undefined) return findHeader(rows, this.#wanted)
    if (headerRow === 0) return null
    const index = rows.findIndex(({ line }) => line === headerRow)
    if (index === -1)
      throw new AppError("invalid", `Row ${headerRow} is empty or not among the first ${mostTitleRows}.`)
    return index
  }

  async *#cells(): AsyncGenerator<FileRow> {
    const { source } = this.#options
    const { kind, bytes } = source
      ? { kind: source.form === "workbook" ? "workbook" : "text", bytes: this.#body }
      : await kindOf(this.#body)
    if (kind === "workbook") {
      this.found.format = "xlsx"
      yield* source ? readLines(bytes) : readXlsx(bytes)
      return
    }
    const isText = source?.form === "text"
    const onFound = (found: object) =>
      Object.assign(this.found, found, isText ? { encoding: source.encoding } : {})
    const encoding = isText ? "utf8" : this.#options.encoding
    const onRivals = (rivals: readonly string[]) => (this.#rivals = rivals)
    yield* readCsv(bytes, { ...this.#options, encoding, wanted: this.#wanted, onFound, onRivals })
  }
}
