import type { SentCode } from "@/lib/causes/resolve-codes"
import type { Common, Parsed } from "@/lib/ingest/check"

/** The column that holds a field of the contract: batteryPct, battery_pct. */
export const columnOf = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The columns that every raw row begins with, in the order of `valuesOf`. */
export const firstColumns = ["terminal_id", "at", "org_id", "batch_id", "clock_offset_ms"] as const

/** A checked record on its way into a raw table. */
export type Row = {
  parsed: Parsed<Common>
  terminalId: number
  /** `at` as sent, milliseconds since 1970. */
  at: number
  /** Tells rows of one terminal and millisecond apart: those with the same are one, and the first stands. */
  tie: string
  orgId: string
  /** Set when it is stored. */
  batchId: number
  /** Values of the noun's own columns between `firstColumns` and the record's fields. */
  more: unknown[]
  /** The code of a sale that no pack knows. */
  unmapped?: SentCode | undefined
}

/** Microseconds beyond the millisecond, which PostgreSQL keeps and a number of milliseconds does not. */
const beyondMillisecond = /\.\d{3}(\d{1,3})/

export function rowOf(parsed: Parsed<Common>, orgId: string, terminalId: number, more: unknown[] = []): Row {
  const { at } = parsed.record
  const tie = at.length > 24 ? (beyondMillisecond.exec(at)?.[1] ?? "") : ""
  return { parsed, terminalId, at: parsed.at - parsed.offsetMs, tie, orgId, batchId: 0, more }
}

export const inKeyOrder = (a: Row, b: Row): number => a.terminalId - b.terminalId || a.at - b.at || (a.tie < b.tie ? -1 : a.tie > b.tie ? 1 : 0)

/** Of rows in key order the first of each key. */
export const distinct = (rows: Row[]): Row[] => rows.filter((row, i) => {
  const before = rows[i - 1]
  return before === undefined || before.at !== row.at || before.terminalId !== row.terminalId || before.tie !== row.tie
})

/** The row's values in the order of its noun's columns; undefined is null. */
function valuesOf({ parsed, terminalId, orgId, batchId, more }: Row, fields: readonly string[]): unknown[] {
  const record: Record<string, unknown> = parsed.record
  const values: unknown[] = [terminalId, parsed.record.at, orgId, batchId, parsed.offsetMs, ...more]
  for (const field of fields) values.push(record[field])
  return values
}

type Layout = { columns: readonly string[]; storedFields: readonly string[] }

/** The row as an object by column name, for `jsonb_populate_recordset`. */
export function asObject(row: Row, { columns, storedFields }: Layout): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (const [i, value] of valuesOf(row, storedFields).entries()) {
    const column = columns[i]
    if (value !== undefined && column !== undefined) object[column] = value
  }
  return object
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
export const copyLine = (row: Row, { storedFields }: Layout): string => `${valuesOf(row, storedFields).map(cell).join("\t")}\n`
