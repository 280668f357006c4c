import { createHash } from "node:crypto"
import { AppError } from "@/lib/base/errors"
import { takePan } from "@/lib/base/text/pan"
import { cardRefOf, type CardKey } from "@/lib/intake/imports/cards/card-ref"
import type { FileRow } from "@/lib/intake/imports/files/file-row"
import { Ordinals } from "@/lib/intake/imports/files/ordinals"
import { readCsv } from "@/lib/intake/imports/files/read-csv"
import { readXlsx } from "@/lib/intake/imports/files/read-xlsx"
import { FactsGatherer, type FileFacts } from "@/lib/intake/imports/mapping/column-facts"
import { hashedCell } from "@/lib/intake/imports/mapping/hashed-cell"
import {
  headerKey,
  isRowNumber,
  recogniseHeader,
  recogniseTerminalHeader,
} from "@/lib/intake/imports/mapping/recognise"
import type { Encoding, FileFormat } from "@/lib/intake/imports/words"

export const mostRows = { csv: 1_000_000, xlsx: 200_000 } as const
const mostColumns = 500
const longestCell = 4_000
/** Exports have titles, dates and addresses above their columns. */
const mostTitleRows = 20

/** What was found out of a file while it was read. */
export type Found = {
  format: FileFormat
  encoding: Encoding | null
  delimiter: string | null
  headers: string[]
}

/** A row as it is kept: nothing in it is a whole card number. */
export type KeptRow = FileRow & { cardRef: string | null; hash: string }

type Options = {
  encoding?: Encoding | undefined
  delimiter?: string | undefined
  cardKey: CardKey
  /** Headers that are looked for beside the usual ones. */
  wanted?: readonly string[]
  /** Columns whose numbers only look like card numbers: those that do are kept as a hash. */
  hashed?: readonly string[]
}

/**
 * A file as a table: the kind of file, its encoding, delimiter and header row are found out, card numbers are
 * masked and made into references, each row is told apart. Bounded memory, whatever the file holds.
 */
export class Table {
  readonly found: Found = { format: "csv", encoding: null, delimiter: null, headers: [] }
  readonly #gatherer = new FactsGatherer()
  readonly #body: AsyncIterable<Uint8Array>
  readonly #options: Options

  constructor(body: AsyncIterable<Uint8Array>, options: Options) {
    this.#body = body
    this.#options = options
  }

  /** What the rows that were read tell of their columns. */
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
      const kept = taker.take(row, this.found.headers)
      this.#gatherer.add(kept.cells)
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

  /** Finds the header among the first rows, and gives back those below it. */
  #begin(rows: FileRow[]): FileRow[] {
    const wanted = new Set((this.#options.wanted ?? []).map(headerKey))
    const known = ({ cells } = { cells: [] as string[] }) =>
      cells.filter(
        (cell) =>
          cell.trim() !== "" &&
          ((recogniseHeader(cell) ?? recogniseTerminalHeader(cell)) !== null || wanted.has(headerKey(cell))),
      ).length
    let header = 0
    for (const [i, row] of rows.entries()) if (known(row) > known(rows[header])) header = i
    const width = Math.max(0, ...rows.slice(header).map(({ cells }) => cells.length))
    if (rows.length === 0 || width === 0)
      throw new AppError("invalid", "The file is empty: its first row names the columns.")
    if (width > mostColumns) throw new AppError("invalid", `The file has more than ${mostColumns} columns.`)
    this.found.headers.push(...headersOf(rows[header]?.cells ?? [], width))
    return rows.slice(header + 1)
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
    const magic = Buffer.concat(first).subarray(0, 4).toString("hex")
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
      yield* readCsv(body, { ...this.#options, onFound: (found) => Object.assign(this.found, found) })
    }
  }
}

async function* resumed(first: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

/** Every column has a name of its own, and none holds a card number. */
function headersOf(row: string[], width: number): string[] {
  const taken = new Set<string>()
  return Array.from({ length: width }, (_, i) => {
    const plain =
      takePan((row[i] ?? "").trim())
        .text.slice(0, 100)
        .toWellFormed()
        .replaceAll("\0", "") || `column ${i + 1}`
    let name = plain
    for (let again = 2; taken.has(name); again += 1) name = `${plain} (${again})`
    taken.add(name)
    return name
  })
}

const maskedCard = /^\d{4,8}[*xX•]+\d{4}$/

class RowTaker {
  readonly #key: CardKey
  readonly #hashed: ReadonlySet<string>
  readonly #ordinals = new Ordinals()
  #counted: boolean[] | undefined
  #card = -1

  constructor(key: CardKey, hashed: readonly string[]) {
    this.#key = key
    this.#hashed = new Set(hashed)
  }

  take({ line, cells: row }: FileRow, headers: readonly string[]): KeptRow {
    if (!this.#counted) {
      this.#counted = headers.map((header) => !isRowNumber(header))
      this.#card = headers.findIndex((header) => recogniseHeader(header) === "cardNumber")
    }
    let card: string | null = null
    const counted: string[] = []
    const cells: string[] = []
    for (let i = 0; i < headers.length; i += 1) {
      const plain = (row[i] ?? "").trim()
      const taken = takePan(plain)
      const isHashed = taken.pan !== null && this.#hashed.has(headers[i] ?? "")
      const text = isHashed
        ? hashedCell(plain)
        : taken.text.slice(0, longestCell).replaceAll("\0", "").toWellFormed()
      const pan = isHashed ? null : taken.pan
      const named =
        pan ?? (maskedCard.test(text.replaceAll(/[ -]/g, "")) ? text.replaceAll(/[ -]/g, "") : null)
      // The column of card numbers counts before a number elsewhere that only looks like one.
      if (named !== null && (card === null || i === this.#card)) card = named
      cells.push(text)
      if (this.#counted[i]) counted.push(text)
    }
    const digest = createHash("sha256").update(counted.join("\0")).digest()
    const ordinal = this.#ordinals.next(digest.readBigUInt64LE(0))
    const hash = `r-${digest.subarray(0, 15).toString("base64url")}${ordinal > 1 ? `-${ordinal}` : ""}`
    return { line, cells, cardRef: card === null ? null : cardRefOf(this.#key, card), hash }
  }
}
