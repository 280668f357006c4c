import { createHash } from "node:crypto"
import { AppError } from "@/lib/base/errors"
import { takePan } from "@/lib/base/text/pan"
import { cardRefOf, type CardKey } from "@/lib/intake/imports/cards/card-ref"
import { cleanCell, expanded } from "@/lib/intake/imports/files/clean-cell"
import { mostColumns, type FileRow } from "@/lib/intake/imports/files/file-row"
import { findHeader } from "@/lib/intake/imports/files/find-header"
import { packedKind } from "@/lib/intake/imports/files/no-table"
import { Ordinals } from "@/lib/intake/imports/files/ordinals"
import { readCsv } from "@/lib/intake/imports/files/read-csv"
import { readXlsx } from "@/lib/intake/imports/files/read-xlsx"
import { FactsGatherer, type FileFacts } from "@/lib/intake/imports/mapping/column-facts"
import { hashedCell } from "@/lib/intake/imports/mapping/hashed-cell"
import { headerKey, isRowNumber, recogniseHeader } from "@/lib/intake/imports/mapping/recognise"
import type { Encoding, FileFormat } from "@/lib/intake/imports/words"

export const mostRows = { csv: 1_000_000, xlsx: 200_000 } as const
const longestCell = 4_000
/** Exports can have titles, dates and addresses above the column names. */
const mostTitleRows = 50

/** What was detected while the file was read. */
export type Found = {
  format: FileFormat
  encoding: Encoding | null
  delimiter: string | null
  headers: string[]
  /** The line with the column names; null if there is none. */
  headerRow: number | null
}

/** A row to store. It contains no whole card number. */
export type KeptRow = FileRow & {
  cardRef: string | null
  hash: string
  /** The number of cells, if it differs from the number of columns. Extra cells come last. */
  cellCount?: number
}

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

  constructor(body: AsyncIterable<Uint8Array>, options: Options) {
    this.#body = body
    this.#options = options
    this.#wanted = new Set((options.wanted ?? []).map(headerKey))
  }

  /** What the rows read so far show about their columns. */
  get facts(): FileFacts {
    return this.#gatherer.factsOf(this.found.headers)
  }

  async *rows(): AsyncGenerator<KeptRow> {
    let titles: FileRow[] | null = []
    const taker = new RowTaker(this.#options.cardKey, this.#options.hashed ?? [])
    let count = 0
    const take = (row: FileRow): KeptRow => {
      count += 1
      if (count > mostRows[this.found.format])
        throw new AppError(
          "too_large",
          `The file has more than ${mostRows[this.found.format].toLocaleString("en")} rows: split it.`,
        )
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
    const isPlaced = header === undefined || this.found.format === "xlsx"
    const width = Math.max(
      header?.cells.length ?? 0,
      ...(isPlaced ? below.map(({ cells }) => cells.length) : []),
    )
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
    const bytes = this.#body[Symbol.asyncIterator]()
    const first: Uint8Array[] = []
    let length = 0
    while (length < 8) {
      const { value, done } = await bytes.next()
      if (done) break
      first.push(value)
      length += value.byteLength
    }
    const start = Buffer.concat(first)
    const magic = start.subarray(0, 4).toString("hex")
    const packed = packedKind(start)
    if (packed !== null)
      throw new AppError(
        "unsupported_media",
        `This is a ${packed} archive: unpack it and upload the file in it.`,
      )
    const body = resumed(first, bytes)
    if (magic === "d0cf11e0")
      throw new AppError(
        "unsupported_media",
        "This is a workbook of the old kind (.xls): save it as .xlsx or .csv and upload that.",
      )
    if (magic === "504b0304") {
      this.found.format = "xlsx"
      yield* readXlsx(body)
    } else {
      const onFound = (found: object) => Object.assign(this.found, found)
      yield* readCsv(body, { ...this.#options, wanted: this.#wanted, onFound })
    }
  }
}

async function* resumed(first: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

const unnamed = (column: number): string => `column ${column + 1}`

/** Gives every column a distinct name without card numbers. */
function headersOf(row: string[], width: number): string[] {
  const taken = new Set<string>()
  return Array.from({ length: width }, (_, i) => {
    const plain =
      takePan(cleanCell(row[i] ?? ""))
        .text.slice(0, 100)
        .toWellFormed()
        .replaceAll("\0", "") || unnamed(i)
    let name = plain
    for (let again = 2; taken.has(name); again += 1) name = `${plain} (${again})`
    taken.add(name)
    return name
  })
}

/** A workbook may show a card number with an exponent. */
function takeCard(text: string): { text: string; pan: string | null } {
  const plain = expanded(text)
  const taken = takePan(plain)
  return taken.pan === null && plain !== text ? { text, pan: null } : taken
}

const maskedCard = /^\d{4,8}[*xX•]+\d{4}$/

class RowTaker {
  readonly #key: CardKey
  readonly #hashed: ReadonlySet<string>
  readonly #ordinals = new Ordinals()
  #counted: boolean[] | undefined
  #fewest = 0
  #card = -1

  constructor(key: CardKey, hashed: readonly string[]) {
    this.#key = key
    this.#hashed = new Set(hashed)
  }

  take({ line, cells: row }: FileRow, { headers, format }: Found): KeptRow {
    if (!this.#counted) {
      this.#counted = headers.map((header) => !isRowNumber(header))
      this.#card = headers.findIndex((header) => recogniseHeader(header) === "cardNumber")
      // A row may have fewer cells if the last columns have no names.
      this.#fewest = headers.findLastIndex((header, i) => header !== unnamed(i)) + 1
    }
    const filled = row.findLastIndex((cell) => cell.trim() !== "") + 1
    const isMisfit = format === "csv" && (filled > headers.length || row.length < this.#fewest)
    const width = isMisfit ? Math.max(row.length, headers.length) : headers.length
    let card: string | null = null
    const counted: string[] = []
    const cells: string[] = []
    for (let i = 0; i < width; i += 1) {
      const plain = cleanCell(row[i] ?? "")
      const taken = takeCard(plain)
      const isHashed = taken.pan !== null && this.#hashed.has(headers[i] ?? "")
      const text = isHashed
        ? hashedCell(plain)
        : taken.text.slice(0, longestCell).replaceAll("\0", "").toWellFormed()
      const pan = isHashed ? null : taken.pan
      const named =
        pan ?? (maskedCard.test(text.replaceAll(/[ -]/g, "")) ? text.replaceAll(/[ -]/g, "") : null)
      // The card number column takes precedence over a number in another column that looks like one.
      if (named !== null && (card === null || i === this.#card)) card = named
      cells.push(text)
      if (this.#counted[i]) counted.push(text)
    }
    const digest = createHash("sha256").update(counted.join("\0")).digest()
    const ordinal = this.#ordinals.next(digest.readBigUInt64LE(0))
    const hash = `r-${digest.subarray(0, 15).toString("base64url")}${ordinal > 1 ? `-${ordinal}` : ""}`
    return {
      line,
      cells,
      cardRef: card === null ? null : cardRefOf(this.#key, card),
      hash,
      ...(isMisfit ? { cellCount: row.length } : {}),
    }
  }
}
