import { isAscii, isUtf8 } from "node:buffer"
import { parseExact } from "@/lib/base/text/exact-json"
import { holdsLongRow } from "@/lib/base/text/long-row"
import { longestRecord, unreadable, type RawRecord } from "@/lib/intake/ingest/raw-record"

const newline = 10
const backslash = 92

const nothing: Buffer = Buffer.alloc(0)
const joined = (first: Buffer, second: Buffer): Buffer =>
  first.length === 0 ? second : Buffer.concat([first, second])

/** Splits bytes into lines, and keeps the start of a line that ends in a later chunk. */
export class LineReader {
  #rest = nothing

  /** The records whose lines end in this chunk. */
  take(chunk: Uint8Array): RawRecord[] {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const records: RawRecord[] = []
    // Decoded once for all of its lines. Without escapes, each byte is a character of the values too.
    const plain = isAscii(buffer) && !buffer.includes(backslash) ? buffer.toString("latin1") : null
    let start = 0
    for (let end = buffer.indexOf(newline); end !== -1; end = buffer.indexOf(newline, start)) {
      const record =
        plain !== null && this.#rest.length === 0
          ? plainRecord(plain.slice(start, end), holdsLongRow(buffer, start, end))
          : lineRecord(joined(this.#rest, buffer.subarray(start, end)))
      if (record) records.push(record)
      this.#rest = nothing
      start = end + 1
    }
    // A line without an end is rejected for its length, so the rest of it is not kept.
    this.#rest = joined(this.#rest, buffer.subarray(start)).subarray(0, longestRecord + 1)
    return records
  }

  /** The record of the last line, if it has no end. */
  last(): RawRecord[] {
    const record = lineRecord(this.#rest)
    return record ? [record] : []
  }
}

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
