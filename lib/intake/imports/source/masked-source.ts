import { isAscii } from "node:buffer"
import { stringify } from "csv-stringify/sync"
import type { CardKey } from "@/lib/intake/imports/cards/card-ref"
import { decodeText } from "@/lib/intake/imports/files/decode-text"
import { encodingOf } from "@/lib/intake/imports/files/detect-encoding"
import type { FileRow } from "@/lib/intake/imports/files/file-row"
import { guessDelimiter } from "@/lib/intake/imports/files/guess-delimiter"
import { kindOf } from "@/lib/intake/imports/files/kind-of"
import { readXlsx } from "@/lib/intake/imports/files/read-xlsx"
import type { Source } from "@/lib/intake/imports/files/source-form"
import { blockLength, Blocks } from "@/lib/intake/imports/source/blocks"
import { SourceMasker } from "@/lib/intake/imports/source/source-masker"
import type { Encoding } from "@/lib/intake/imports/words"

const startLength = 64 * 1024
/** A cell of a workbook can have 32,767 characters; no more are read. */
const longestCell = 4_000
const rowsAtOnce = 200

const wide: readonly Encoding[] = ["utf16le", "utf16be"]

type Options = {
  cardKey: CardKey
  /** As chosen by the user. */
  encoding?: Encoding | undefined
  delimiter?: string | undefined
  onSource: (source: Source) => void
}

/** A file with all card numbers masked, in blocks of whole lines. It can be read again in other ways. */
export async function* maskedSource(
  body: AsyncIterable<Uint8Array>,
  options: Options,
): AsyncGenerator<Buffer> {
  const { kind, start, bytes } = await kindOf(body, startLength)
  if (kind === "workbook") {
    options.onSource({ form: "workbook", encoding: null })
    yield* workbookLines(readXlsx(bytes), new SourceMasker(options.cardKey, { isTabbed: false }))
    return
  }
  const found = await startEncoding(start, options.encoding)
  const isWide = found !== null && wide.includes(found)
  const text = Buffer.from(start).toString("latin1")
  const isTabbed =
    (options.delimiter ?? guessDelimiter(withoutZeros(text), { isWhole: false }).delimiter) === "\t"
  const masker = new SourceMasker(options.cardKey, { isTabbed })
  if (isWide) {
    options.onSource({ form: "text", encoding: found })
    yield* textBlocks(decodeText(bytes, { encoding: found, onEncoding: () => undefined }), masker)
  } else {
    options.onSource({ form: "bytes", encoding: null })
    yield* byteBlocks(bytes, masker, found)
  }
}

/** In UTF-16, every second byte of ASCII text is zero. */
const withoutZeros = (latin: string): string => latin.replaceAll("\0", "")

/** The encoding of a file by its beginning; null if that is ASCII. A choice of UTF-16 needs zero bytes. */
async function startEncoding(start: Buffer, chosen: Encoding | undefined): Promise<Encoding | null> {
  if (chosen !== undefined && (!wide.includes(chosen) || start.includes(0))) return chosen
  return isAscii(start) && !start.includes(0) ? null : encodingOf(start)
}

async function* byteBlocks(
  bytes: AsyncIterable<Uint8Array>,
  masker: SourceMasker,
  found: Encoding | null,
): AsyncGenerator<Buffer> {
  let encoding = found
  let waiting: Buffer[] = []
  let length = 0
  const mask = async (block: Buffer): Promise<Buffer> => {
    if (encoding === null && !isAscii(block)) encoding = await encodingOf(block)
    return masker.bytes(block, encoding ?? "utf8")
  }
  let due = blockLength
  const take = new Blocks(masker.isTabbed)
  for await (const piece of bytes) {
    waiting.push(Buffer.from(piece))
    length += piece.byteLength
    if (length < due) continue
    const whole = Buffer.concat(waiting)
    const { text, end } = take.next(whole.toString("latin1"))
    if (end > 0) yield mask(Buffer.from(text, "latin1"))
    waiting = [whole.subarray(end)]
    length = whole.length - end
    due = take.due(length)
  }
  if (length > 0) yield mask(Buffer.from(take.last(Buffer.concat(waiting).toString("latin1")), "latin1"))
}

async function* textBlocks(text: AsyncIterable<string>, masker: SourceMasker): AsyncGenerator<Buffer> {
  let waiting = ""
  let due = blockLength
  const take = new Blocks(masker.isTabbed)
  for await (const piece of text) {
    waiting += piece
    if (waiting.length < due) continue
    const block = take.next(waiting)
    if (block.end > 0) yield Buffer.from(masker.text(block.text))
    waiting = waiting.slice(block.end)
    due = take.due(waiting.length)
  }
  if (waiting !== "") yield Buffer.from(masker.text(take.last(waiting)))
}

/** The rows of a workbook as lines of CSV. A row that the sheet leaves out is an empty line. */
async function* workbookLines(rows: AsyncIterable<FileRow>, masker: SourceMasker): AsyncGenerator<Buffer> {
  let [next, count, text] = [1, 0, ""]
  for await (const { line, cells } of rows) {
    text += "\n".repeat(Math.max(0, line - next))
    text += stringify([cells.map((cell) => masker.cell(cell.slice(0, longestCell)))], { quoted: true })
    next = line + 1
    count += 1
    if (count % rowsAtOnce > 0) continue
    yield Buffer.from(text)
    text = ""
  }
  if (text !== "") yield Buffer.from(text)
}
