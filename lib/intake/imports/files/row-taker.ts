import { createHash } from "node:crypto"
import { cardRefOf, type CardKey } from "@/lib/intake/imports/cards/card-ref"
import { refIn, withoutRef } from "@/lib/intake/imports/cards/marked-card"
import { takeCard } from "@/lib/intake/imports/cards/take-card"
import { cleanCell } from "@/lib/intake/imports/files/clean-cell"
import type { FileRow, Found, KeptRow } from "@/lib/intake/imports/files/file-row"
import { unnamed } from "@/lib/intake/imports/files/headers-of"
import { Ordinals } from "@/lib/intake/imports/files/ordinals"
import { hashedCell } from "@/lib/intake/imports/mapping/hashed-cell"
import { isRowNumber, recogniseHeader } from "@/lib/intake/imports/mapping/recognise"

const longestCell = 4_000
const maskedCard = /^\d{4,8}[*xX•]+\d{4}$/

type Cards = {
  key: CardKey
  /** Columns whose values can look like card numbers. Those values are stored as a hash. */
  hashed: readonly string[]
  /** Whether card numbers are masked already, each with its reference behind it. */
  isMarked: boolean
}

/** Makes rows to store from the rows of a file: masked, with a reference to their card and a hash. */
export class RowTaker {
  readonly #key: CardKey
  readonly #isMarked: boolean
  readonly #hashed: ReadonlySet<string>
  readonly #ordinals = new Ordinals()
  #counted: boolean[] | undefined
  #fewest = 0
  #card = -1

  constructor({ key, hashed, isMarked }: Cards) {
    this.#key = key
    this.#isMarked = isMarked
    this.#hashed = new Set(hashed)
  }

  take({ line, cells: row }: FileRow, { headers, headerRow, format }: Found): KeptRow {
    if (!this.#counted) {
      this.#counted = headers.map((header) => !isRowNumber(header))
      this.#card = headers.findIndex((header) => recogniseHeader(header) === "cardNumber")
      // A row may have fewer cells if the last columns have no names. Without a header, none has a name.
      const named = headers.findLastIndex((header, i) => header !== unnamed(i)) + 1
      this.#fewest = headerRow === null ? headers.length : named
    }
    const filled = row.findLastIndex((cell) => cell.trim() !== "") + 1
    const isMisfit = format === "csv" && (filled > headers.length || row.length < this.#fewest)
    const width = isMisfit ? Math.max(row.length, headers.length) : headers.length
    let card: string | null = null
    const counted: string[] = []
    const cells: string[] = []
    for (let i = 0; i < width; i += 1) {
      const raw = row[i] ?? ""
      const ref = this.#isMarked ? refIn(raw) : null
      const plain = cleanCell(ref === null ? raw : withoutRef(raw))
      const taken = takeCard(plain)
      const isHashed = taken.pan !== null && this.#hashed.has(headers[i] ?? "")
      const text = isHashed
        ? hashedCell(plain)
        : taken.text.slice(0, longestCell).replaceAll("\0", "").toWellFormed()
      const pan = isHashed ? null : taken.pan
      // The card number column takes precedence over a number in another column that looks like one.
      if (card === null || i === this.#card) card = this.#refOf(pan, ref, text) ?? card
      cells.push(text)
      if (this.#counted[i]) counted.push(text)
    }
    const digest = createHash("sha256").update(counted.join("\0")).digest()
    const ordinal = this.#ordinals.next(digest.readBigUInt64LE(0))
    const hash = `r-${digest.subarray(0, 15).toString("base64url")}${ordinal > 1 ? `-${ordinal}` : ""}`
    return {
      line,
      cells,
      cardRef: card,
      hash,
      ...(isMisfit ? { cellCount: row.length } : {}),
    }
  }

  /** The reference of a cell's card number, which may be masked already. */
  #refOf(pan: string | null, ref: string | null, text: string): string | null {
    if (pan !== null || ref !== null) return pan === null ? ref : cardRefOf(this.#key, pan)
    const masked = text.replaceAll(/[ -]/g, "")
    return maskedCard.test(masked) ? cardRefOf(this.#key, masked) : null
  }
}
