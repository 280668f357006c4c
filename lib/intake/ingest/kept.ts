import { maskPans } from "@/lib/base/text/pan"
import { valueOf, type RawRecord } from "@/lib/intake/ingest/read-records"

/** The contract's longest record: every whole one can be replayed. Of a longer line the beginning is kept. */
const longestKept = 64 * 1024
const longestName = 64

/**
 * A record as it is kept: masked, whatever it was rejected for. PostgreSQL's text holds neither NUL nor half
 * a surrogate pair.
 */
export function keptText({ text, value }: { text: string; value: unknown }): string {
  return maskPans(text, { json: value !== undefined })
    .slice(0, longestKept)
    .replaceAll("\0", "\uFFFD")
    .toWellFormed()
}

/** The object that a kept text is, if it is a whole one. */
export function keptObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** The terminal that a kept record names. */
export function namedTerminal(text: string): string | null {
  const terminal = keptObject(text)?.["terminal"]
  return typeof terminal === "string" &&
    terminal !== "" &&
    terminal.length <= longestName &&
    !terminal.includes("\0")
    ? terminal.toWellFormed()
    : null
}

/** What the quarantine keeps of a record. */
export function keptRecord(raw: RawRecord): { record: string; terminal: string | null } {
  const record = keptText({ text: raw.text, value: valueOf(raw) })
  return { record, terminal: namedTerminal(record) }
}
