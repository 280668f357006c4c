import { isUtf8 } from "node:buffer"
import { longestBody } from "@/lib/base/http/upload"
import { parseExact } from "@/lib/base/text/exact-json"

type Body = { body: Buffer; contentType: "application/x-ndjson" }

/**
 * Converts a message into an upload with one record per line. A message is one record, an array, one record
 * per line, or the JSON envelope. Other content is passed on for ingest to reject. `sentAt` is removed: a
 * broker may deliver a message late, so its arrival time does not show the error of the terminal's clock.
 */
export function uploadBody(message: Buffer, envelope: string): Body {
  const contentType = "application/x-ndjson"
  // Ingest refuses it.
  if (message.length > longestBody) return { body: message, contentType }
  const text = message.toString("utf8")
  const value = isUtf8(message) ? parsed(text) : undefined
  if (value === undefined && !text.includes('"sentAt"')) return { body: message, contentType }
  try {
    const lines =
      value === undefined
        ? text.split("\n").map(lineOf)
        : recordsIn(value, envelope).map((record) => JSON.stringify(withoutSending(record)))
    return { body: Buffer.from(lines.join("\n")), contentType }
  } catch {
    // Nested too deeply to be written again.
    return { body: message, contentType }
  }
}

function recordsIn(value: unknown, envelope: string): unknown[] {
  if (Array.isArray(value)) return value
  const members = isMembers(value) ? value[envelope] : undefined
  return Array.isArray(members) ? members : [value]
}

function lineOf(line: string): string {
  if (!line.includes('"sentAt"')) return line
  const value = parsed(line)
  return value === undefined ? line : JSON.stringify(withoutSending(value))
}

const isMembers = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

function withoutSending(record: unknown): unknown {
  if (!isMembers(record)) return record
  const { sentAt: _sentAt, ...rest } = record
  return rest
}

function parsed(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}
