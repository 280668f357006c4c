import { isAscii, isUtf8 } from "node:buffer"
import iconv from "iconv-lite"
import { fewestDigits } from "@/lib/base/text/card-ranges"
import { holdsPan } from "@/lib/base/text/pan"
import { cardRefOf, type CardKey } from "@/lib/intake/imports/cards/card-ref"
import { markedRef, unmarked } from "@/lib/intake/imports/cards/marked-card"
import { takeCard } from "@/lib/intake/imports/cards/take-card"
import type { Encoding } from "@/lib/intake/imports/words"

// A card number is in one cell. Of a tab, only the delimiter can say whether it ends a cell.
const pieces = /[^,;|"\r\n]+/g
const tabbedPieces = /[^,;|"\t\r\n]+/g

/** Digits in full width by encoding. A text that is read in another encoding can have them. */
const fullWidth: readonly [Encoding, RegExp][] = [
  ["gb18030", /\u00A3[\u00B0-\u00B9]/g],
  ["big5", /\u00A2[\u00AF-\u00B8]/g],
  ["shiftjis", /\u0082[\u004F-\u0058]/g],
]

const newline = 10
const beyondAscii = /[\u0080-\u00FF]/g

/** Masks the card numbers of a file before it is stored, and leaves the reference of each behind it. */
export class SourceMasker {
  readonly #key: CardKey
  readonly #pieces: RegExp
  readonly isTabbed: boolean

  constructor(key: CardKey, { isTabbed }: { isTabbed: boolean }) {
    this.#key = key
    this.isTabbed = isTabbed
    this.#pieces = isTabbed ? tabbedPieces : pieces
  }

  text(text: string): string {
    return this.#masked(unmarked(text))
  }

  #masked(text: string): string {
    return holdsPan(text) ? text.replaceAll(this.#pieces, (piece) => this.cell(piece)) : text
  }

  cell(cell: string): string {
    const { text, pan } = takeCard(cell)
    return pan === null ? cell : text + this.#mark(pan)
  }

  #mark(pan: string): string {
    return markedRef(cardRefOf(this.#key, pan))
  }

  /** Masks whole lines in any encoding. `encoding` is the most likely one. */
  bytes(lines: Buffer, encoding: Encoding): Buffer {
    const latin = unmarked(lines.toString("latin1"))
    const isPlain = isAscii(lines)
    const plain = isPlain ? latin : latin.replaceAll(beyondAscii, "x")
    const masked = holdsPan(plain) ? latin.replaceAll(this.#pieces, (piece) => this.#bytePiece(piece)) : latin
    const result = Buffer.from(masked, "latin1")
    if (isPlain) return result
    return viewsOf(result, encoding).reduce<Buffer>((bytes, view) => this.#lines(bytes, view), result)
  }

  /** Masks a piece of bytes, and changes nothing else in it unless its digits are written as escapes. */
  #bytePiece(piece: string): string {
    const { text, pan } = takeCard(piece.replaceAll(beyondAscii, "x"))
    if (pan === null) return piece
    const isInPlace = text.length === piece.length
    const masked = isInPlace ? Array.from(piece, (byte, i) => (text[i] === "*" ? "*" : byte)).join("") : text
    return masked + this.#mark(pan)
  }

  /** Masks the lines that have a card number in an encoding. */
  #lines(bytes: Buffer, encoding: Encoding): Buffer {
    if (!holdsPan(iconv.decode(bytes, encoding))) return bytes
    return Buffer.concat(
      linesOf(bytes).map((line) => {
        const text = iconv.decode(line, encoding)
        const masked = this.#masked(text)
        return masked === text ? line : iconv.encode(masked, encoding)
      }),
    )
  }
}

function viewsOf(bytes: Buffer, encoding: Encoding): Encoding[] {
  const latin = bytes.toString("latin1")
  const likely = fullWidth.filter(([, digits]) => (latin.match(digits)?.length ?? 0) >= fewestDigits)
  return [
    ...new Set<Encoding>([
      ...(isUtf8(bytes) ? ["utf8" as const] : []),
      encoding,
      ...likely.map(([view]) => view),
    ]),
  ]
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let start = 0; start < bytes.length;) {
    const at = bytes.indexOf(newline, start)
    const end = at === -1 ? bytes.length : at + 1
    lines.push(bytes.subarray(start, end))
    start = end
  }
  return lines
}
