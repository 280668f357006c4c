import { maskPans } from "@/lib/base/text/pan"
import { valueOf, type RawRecord } from "@/lib/intake/ingest/raw-record"

/** The contract's longest record, so every complete record can be replayed. A longer line is cut. */
const longestKept = 64 * 1024
const longestName = 64

/**
 * The text of a record for the quarantine: masked for every reason of rejection. PostgreSQL's text cannot
 * contain NUL or half of a surrogate pair.
 */
export function keptText({ text, value }: { text: string; value: unknown }): string {
  return maskPans(text, { json: value !== undefined })
    .slice(0, longestKept)
    .replaceAll("\0", "\uFFFD")
    .toWellFormed()
}

/** The object of a stored text, if the text is complete. */
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

/** The terminal in a stored record. */
export function namedTerminal(text: string): string | null {
  const terminal = keptObject(text)?.["terminal"]
  return typeof terminal === "string" &&
    terminal !== "" &&
    terminal.length <= longestName &&
    !terminal.includes("\0")
    ? terminal.toWellFormed()
    : null
}

/** What the quarantine stores of a record. */
export function keptRecord(raw: RawRecord): { record: string; terminal: string | null } {
  const record = keptText({ text: raw.text, value: valueOf(raw) })
  return { record, terminal: namedTerminal(record) }
}
