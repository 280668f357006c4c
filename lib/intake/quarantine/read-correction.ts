import { AppError } from "@/lib/base/errors"
import { keptObject } from "@/lib/intake/ingest/kept"

const longestRecord = 64 * 1024
const envelope = /^\s*\{\s*"record"\s*:\s*(\{[^]*\})\s*\}\s*$/

/**
 * The corrected record in a replay's body, as its own text on one line. Parsing and writing it would lose
 * digits of a long number, which would then no longer look like a card number. Null if the body is empty.
 */
export function readCorrection(body: string): string | null {
  if (body.trim() === "" || /^\s*\{\s*\}\s*$/.test(body)) return null
  const record = envelope.exec(body)?.[1]
  // Line breaks are only between members: in a JSON string they are escaped.
  const line = record?.replaceAll(/[\r\n]+/g, " ")
  if (line === undefined || keptObject(line) === null)
    throw new AppError("invalid", 'Send {"record": {...}} with the whole corrected record, or nothing.')
  if (Buffer.byteLength(line) > longestRecord) throw new AppError("too_large", "A record has at most 64 KiB.")
  return line
}
