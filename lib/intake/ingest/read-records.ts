import { pipeline, Readable } from "node:stream"
import { parse as parseCsv } from "csv-parse"
import { AppError } from "@/lib/base/errors"
import { formatOf, plainBytes, shortBytes, type Upload } from "@/lib/base/http/upload"
import { metrics } from "@/lib/base/metrics"
import { parseExact } from "@/lib/base/text/exact-json"
import { LineReader } from "@/lib/intake/ingest/line-reader"
import { longestRecord, unreadable, type RawRecord } from "@/lib/intake/ingest/raw-record"
import { readDocument } from "@/lib/intake/ingest/read-document"

/** How the records of a noun are written in JSON documents and CSV. */
export type Shape = {
  /** The member of a JSON document with the records. */
  envelope: string
  /** Converts a CSV row's texts to the contract's types. */
  fromCsv: (row: Record<string, string>) => unknown
}

export const mostRecords = 50_000
const csvRowsAtOnce = 500

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

const emptyBody = () => new AppError("invalid", "The body is empty: send one record per line.")

async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RawRecord[]> {
  const lines = new LineReader()
  let isEmpty = true
  for await (const chunk of bytes) {
    const records = lines.take(chunk)
    if (records.length === 0) continue
    isEmpty = false
    yield records
  }
  const last = lines.last()
  if (last.length > 0) yield last
  else if (isEmpty) throw emptyBody()
}

type Short = Upload & { body: Uint8Array }

/** Whether a body is a few lines that have all arrived. */
export const isShort = (upload: Upload): upload is Short =>
  upload.body instanceof Uint8Array &&
  upload.body.byteLength <= shortBytes &&
  upload.contentEncoding === null &&
  formatOf(upload) === "ndjson"

/** Reads the records of a short body. */
export function readShort({ body }: Short): RawRecord[] {
  metrics.bytes.inc(body.byteLength)
  const lines = new LineReader()
  const records = [...lines.take(body), ...lines.last()]
  if (records.length === 0) throw emptyBody()
  for (const [i, record] of records.entries()) record.index = i
  return records
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
