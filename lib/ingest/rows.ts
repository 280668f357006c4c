import type { SentCode } from "@/lib/causes/resolve-codes"
import type { Common, Parsed } from "@/lib/ingest/check"

/** The column that holds a field of the contract: batteryPct, battery_pct. */
export const columnOf = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The columns that every raw row begins with, in the order of `beginOfRow`. */
export const firstColumns = ["terminal_id", "at", "org_id", "batch_id", "clock_offset_ms"] as const
const batchColumn = firstColumns.indexOf("batch_id")

/** A row of a raw table in the order of its noun's columns; undefined is null. */
export type Row = {
  values: unknown[]
  terminalId: number
  /** `at` as sent, milliseconds since 1970. */
  at: number
  /** Rows of the same key are one: the first stands. */
  key: string
  /** The code of a sale that no pack knows. */
  unmapped?: SentCode | undefined
}

/** Microseconds beyond the millisecond, which PostgreSQL keeps and a number of milliseconds does not. */
const beyondMillisecond = /\.\d{3}(\d{1,3})/

/** The row of a record: `firstColumns`, the noun's own `more`, and the record's fields. Its batch is not known yet. */
export function rowOf<Record extends Common>(
  { record, at: corrected, offsetMs }: Parsed<Record>, orgId: string, terminalId: number, more: unknown[], fields: readonly (keyof Record)[],
): Row {
  const at = corrected - offsetMs
  const micros = record.at.length > 24 ? (beyondMillisecond.exec(record.at)?.[1] ?? "") : ""
  const values: unknown[] = [terminalId, record.at, orgId, 0, offsetMs, ...more]
  for (const field of fields) values.push(record[field])
  return { values, terminalId, at, key: `${terminalId} ${at} ${micros}` }
}

/** Says which batch brings the row. */
export function setBatch({ values }: Row, batchId: number): void {
  values[batchColumn] = batchId
}

/** The row as an object by column name, for `jsonb_populate_recordset`. */
export function asObject({ values }: Row, columns: readonly string[]): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [i, column] of columns.entries()) if (values[i] !== undefined) row[column] = values[i]
  return row
}

const isSpecial = /[\\\n\r\t]/
const special = /[\\\n\r\t]/g
const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" }

function cell(value: unknown): string {
  if (value === undefined || value === null) return "\\N"
  if (typeof value === "object") return cell(JSON.stringify(value))
  const text = String(value)
  return typeof value === "string" && isSpecial.test(text) ? text.replace(special, (character) => escapes[character] ?? character) : text
}

/** The row as a line of COPY's text format. */
export function copyLine({ values }: Row): string {
  let line = ""
  for (let i = 0; i < values.length; i += 1) line += i === 0 ? cell(values[i]) : `\t${cell(values[i])}`
  return `${line}\n`
}
