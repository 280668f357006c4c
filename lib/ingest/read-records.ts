import { isUtf8 } from "node:buffer"
import { Readable } from "node:stream"
import { JSONParser } from "@streamparser/json"
import { parse as parseCsv } from "csv-parse"
import { AppError } from "@/lib/errors"
import { formatOf, plainBytes, type Upload } from "@/lib/ingest/upload"

/** One record as it came: its place, its text, and what the text parses to (undefined where it does not). */
export type RawRecord = { index: number; text: string; value: unknown }

type Shape = {
  /** The member of a JSON document that holds the records. */
  envelope: string
  /** Turns a CSV row's texts into the contract's types. */
  fromCsv: (row: Record<string, string>) => unknown
}

export const mostRecords = 50_000
const longestLine = 64 * 1024
const newline = 10

/** Reads a body record by record; the parsed body never exists whole. Throws where the envelope is broken. */
export async function* readRecords(upload: Upload, shape: Shape): AsyncGenerator<RawRecord> {
  const readers = { ndjson: readLines, json: readDocument, csv: readCsv }
  const reader = readers[formatOf(upload)]
  let count = 0
  for await (const record of reader(plainBytes(upload), shape)) {
    count += 1
    if (count > mostRecords) throw new AppError("too_large", "More than 50,000 records: send them in parts.")
    yield { ...record, index: count - 1 }
  }
  if (count === 0) throw new AppError("invalid", "The body holds no record.")
}

type Unnumbered = Omit<RawRecord, "index">

async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Unnumbered> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    const buffer = rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = buffer.indexOf(newline); end !== -1; end = buffer.indexOf(newline, start)) {
      const record = lineRecord(buffer.subarray(start, end))
      if (record) yield record
      start = end + 1
    }
    // A line that never ends is refused by its length: more of it than that is not kept.
    rest = buffer.subarray(start, start + longestLine + 1)
  }
  const last = lineRecord(rest)
  if (last) yield last
}

function lineRecord(line: Buffer): Unnumbered | null {
  const text = line.toString("utf8").trim()
  if (text === "") return null
  if (line.length > longestLine || !isUtf8(line)) return { text, value: undefined }
  try {
    return { text, value: JSON.parse(text) }
  } catch {
    return { text, value: undefined }
  }
}

async function* readDocument(bytes: AsyncIterable<Uint8Array>, { envelope }: Shape): AsyncGenerator<Unnumbered> {
  const parser = new JSONParser({ paths: ["$", `$.${envelope}`, `$.${envelope}.*`], keepStack: false })
  let found: unknown[] = []
  let hasEnvelope = false
  parser.onValue = ({ value, key, stack }) => {
    if (stack.length === 2) found.push(value)
    if (stack.length === 1 && key === envelope && Array.isArray(value)) hasEnvelope = true
  }
  const broken = () => new AppError("invalid", `The body is not a JSON document with {"${envelope}": [...]}.`)
  parser.onError = () => {
    throw broken()
  }
  for await (const chunk of bytes) {
    try {
      parser.write(chunk)
    } catch {
      throw broken()
    }
    for (const value of found) yield { text: JSON.stringify(value), value }
    found = []
  }
  if (!parser.isEnded || !hasEnvelope) throw broken()
}

async function* readCsv(bytes: AsyncIterable<Uint8Array>, { fromCsv }: Shape): AsyncGenerator<Unnumbered> {
  const rows = Readable.from(bytes).pipe(
    parseCsv({ bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, trim: true, max_record_size: longestLine }),
  )
  let header: string[] | undefined
  try {
    for await (const row of rows as AsyncIterable<string[]>) {
      if (!header) {
        header = row
        if (!header.includes("terminal") || !header.includes("at")) {
          throw new AppError("invalid", "The first line of the CSV names the fields, among them terminal and at.")
        }
        continue
      }
      const names = header
      const filled = Object.fromEntries(row.map((text, i) => [names[i] ?? `column ${i + 1}`, text] as const).filter(([, text]) => text !== ""))
      yield { text: JSON.stringify(filled), value: fromCsv(filled) }
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    if (error instanceof Error && "code" in error && String(error.code).startsWith("CSV_")) {
      throw new AppError("invalid", "The CSV cannot be read: check its quotes and separators.")
    }
    throw error
  }
}
