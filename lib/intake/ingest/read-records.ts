import { isAscii, isUtf8 } from "node:buffer"
import { pipeline, Readable } from "node:stream"
import { parse as parseCsv } from "csv-parse"
import { AppError } from "@/lib/base/errors"
import { formatOf, plainBytes, type Upload } from "@/lib/base/http/upload"
import { parseExact } from "@/lib/base/text/exact-json"
import { holdsLongRow } from "@/lib/base/text/long-row"
import { readDocument } from "@/lib/intake/ingest/read-document"

/** One record of a body. */
export type RawRecord = {
  /** Its position in the body. */
  index: number
  text: string
  /**
   * Parses the text. The value is not kept, because many records wait for a commit and values take much
   * memory.
   */
  parse: (text: string) => unknown
  /**
   * Set if its bytes are ASCII without escapes and without long rows of digits. Then it holds no card number,
   * and its texts hold no control characters.
   */
  isPlain?: boolean
}

/** The parsed value of a record's text; undefined if the text is not complete. */
export function valueOf({ text, parse }: RawRecord): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

/** How the records of a noun are written in JSON documents and CSV. */
export type Shape = {
  /** The member of a JSON document with the records. */
  envelope: string
  /** Converts a CSV row's texts to the contract's types. */
  fromCsv: (row: Record<string, string>) => unknown
}

export const mostRecords = 50_000
const longestRecord = 64 * 1024
const csvRowsAtOnce = 500
const newline = 10
const backslash = 92

/** Reads a body as a stream, a few records at a time. Throws if the envelope is broken. */
export async function* readRecords(upload: Upload, shape: Shape): AsyncGenerator<RawRecord[]> {
  const readers = { ndjson: readLines, json: readMembers, csv: readRows }
  const reader = readers[formatOf(upload)]
  let count = 0
  for await (const records of reader(plainBytes(upload), shape)) {
    const first = count
    count += records.length
    const taken = count > mostRecords ? records.slice(0, mostRecords - first) : records
    for (const [i, record] of taken.entries()) record.index = first + i
    yield taken
    if (count > mostRecords) throw new AppError("too_large", "More than 50,000 records: send them in parts.")
  }
}

const nothing: Buffer = Buffer.alloc(0)
const joined = (first: Buffer, second: Buffer): Buffer =>
  first.length === 0 ? second : Buffer.concat([first, second])

async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RawRecord[]> {
  /** The start of a line that ends in a later chunk. */
  let rest = nothing
  let isEmpty = true
  for await (const chunk of bytes) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const records: RawRecord[] = []
    // Decoded once for all of its lines. Without escapes, each byte is a character of the values too.
    const plain = isAscii(buffer) && !buffer.includes(backslash) ? buffer.toString("latin1") : null
    let start = 0
    for (let end = buffer.indexOf(newline); end !== -1; end = buffer.indexOf(newline, start)) {
      const record =
        plain !== null && rest.length === 0
          ? plainRecord(plain.slice(start, end), holdsLongRow(buffer, start, end))
          : lineRecord(joined(rest, buffer.subarray(start, end)))
      if (record) records.push(record)
      rest = nothing
      start = end + 1
    }
    // A line without an end is rejected for its length, so the rest of it is not kept.
    rest = joined(rest, buffer.subarray(start)).subarray(0, longestRecord + 1)
    if (records.length > 0) {
      isEmpty = false
      yield records
    }
  }
  const last = lineRecord(rest)
  if (last) yield [last]
  else if (isEmpty) throw new AppError("invalid", "The body is empty: send one record per line.")
}

const unreadable = (text: string): RawRecord => ({ index: 0, text, parse: () => undefined })

const parsePlain = (text: string): unknown => JSON.parse(text)

/**
 * A line of ASCII without escapes. If it has no long row of digits, it has neither a card number nor a number
 * whose digits would be lost.
 */
function plainRecord(line: string, hasLongRow: boolean): RawRecord | null {
  const text = line.trim()
  if (text === "") return null
  if (line.length > longestRecord) return unreadable(text)
  return hasLongRow
    ? { index: 0, text, parse: parseExact }
    : { index: 0, text, parse: parsePlain, isPlain: true }
}

function lineRecord(line: Buffer): RawRecord | null {
  const text = line.toString("utf8").trim()
  if (text === "") return null
  return line.length > longestRecord || !isUtf8(line)
    ? unreadable(text)
    : { index: 0, text, parse: parseExact }
}

async function* readMembers(
  bytes: AsyncIterable<Uint8Array>,
  { envelope }: Shape,
): AsyncGenerator<RawRecord[]> {
  for await (const values of readDocument(bytes, envelope)) {
    yield values.map((value) => {
      const text = JSON.stringify(value)
      return text.length > longestRecord
        ? unreadable(text.slice(0, longestRecord + 1))
        : { index: 0, text, parse: parseExact }
    })
  }
}

async function* readRows(bytes: AsyncIterable<Uint8Array>, { fromCsv }: Shape): AsyncGenerator<RawRecord[]> {
  const parseCells = (text: string) => fromCsv(JSON.parse(text) as Record<string, string>)
  const parser = parseCsv({
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: longestRecord,
  })
  // An error of either stream is thrown where the rows are read.
  pipeline(Readable.from(bytes), parser, () => undefined)
  let header: string[] | undefined
  let records: RawRecord[] = []
  try {
    for await (const row of parser as AsyncIterable<string[]>) {
      if (!header) {
        header = headerOf(row)
        continue
      }
      records.push(rowRecord(header, row, parseCells))
      if (records.length < csvRowsAtOnce) continue
      yield records
      records = []
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("CSV_")) {
      throw new AppError("invalid", "The CSV cannot be read: check its quotes and separators.")
    }
    throw error
  }
  if (!header) throw noHeader()
  yield records
}

const noHeader = () =>
  new AppError("invalid", "The first line of the CSV names the fields, among them terminal and at.")

function headerOf(row: string[]): string[] {
  if (!row.includes("terminal") || !row.includes("at")) throw noHeader()
  return row
}

function rowRecord(header: string[], row: string[], parse: RawRecord["parse"]): RawRecord {
  const filled = Object.fromEntries(
    row.map((text, i) => [header[i] ?? `column ${i + 1}`, text] as const).filter(([, text]) => text !== ""),
  )
  const text = JSON.stringify(filled)
  // The decoder writes this character in place of bytes that are not UTF-8.
  return text.includes("\uFFFD") ? unreadable(text) : { index: 0, text, parse }
}
