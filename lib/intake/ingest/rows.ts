import type { SentCode } from "@/lib/fleet/code-packs/resolve-codes"
import type { Common, Parsed } from "@/lib/intake/ingest/check"
import type { Contract } from "@/lib/intake/ingest/contract"
import { valueOf, type RawRecord } from "@/lib/intake/ingest/raw-record"
import type { Named } from "@/lib/intake/ingest/terminals"

/** The column of a field of the contract: batteryPct, battery_pct. */
export const columnOf = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/**
 * The columns of a raw table, in the order of its lines: those of the row, the noun's own, those of the
 * record.
 */
export const columnsOf = (own: readonly string[], storedFields: readonly string[]): readonly string[] => [
  "terminal_id",
  "org_id",
  "batch_id",
  ...own,
  "clock_offset_ms",
  "at",
  ...storedFields.map(columnOf),
]

/**
 * A checked record that waits to be stored. Its fields are already text in COPY's format, because many
 * objects that outlive a commit make garbage collection slow.
 */
export type Ready<RecordSummary extends Named = Named> = {
  raw: RawRecord
  /** The fields that are needed before the record is stored. */
  summary: RecordSummary
  cells: string
  /** `at` as sent, milliseconds since 1970. */
  at: number
  offsetMs: number
  /** The digits of `at` after the millisecond. */
  tie: string
}

/** A record whose terminal is known. */
export type Row = {
  ready: Ready
  terminalId: number
  at: number
  /**
   * Distinguishes rows of one terminal and millisecond. Rows with the same value are duplicates; the first
   * stays.
   */
  tie: string
  orgId: string
  /** The index of its part among the parts that are stored together. */
  part: number
  /** Set when it is stored. */
  batchId: number
  /** Values of the noun's own columns. */
  own: readonly Cell[]
  /** The code of a sale that no code table has. */
  unmapped?: SentCode | undefined
}

/** The microseconds after the millisecond, which PostgreSQL stores and a number of milliseconds does not. */
const belowMillisecond = /\.\d{3}(\d{1,3})/

/** Prepares checked records for COPY. Undefined fields become null. */
export function preparer<Record extends Common, RecordSummary extends Named>(
  storedFields: readonly string[],
  summary: (record: Record, at: number) => RecordSummary,
): (parsed: Parsed<Record>) => Ready<RecordSummary> {
  const places = new Map(["", "at", ...storedFields].map((field, place) => [field, place]))
  const blank = [...places.keys()].map(() => "\\N")
  return ({ raw, record, at, offsetMs }) => {
    const cells = blank.slice()
    cells[0] = String(offsetMs)
    for (const field in record) {
      const place = places.get(field)
      if (place === undefined) continue
      const value = record[field] as Cell
      cells[place] = typeof value === "string" && raw.isPlain ? value : cell(value)
    }
    const tie = record.at.length > 24 ? (belowMillisecond.exec(record.at)?.[1] ?? "") : ""
    return { raw, summary: summary(record, at), cells: cells.join("\t"), at: at - offsetMs, offsetMs, tie }
  }
}

export const rowOf = (ready: Ready, orgId: string, terminalId: number, own: readonly Cell[] = []): Row => ({
  ready,
  terminalId,
  at: ready.at,
  tie: ready.tie,
  orgId,
  part: 0,
  batchId: 0,
  own,
})

export const inKeyOrder = (a: Row, b: Row): number =>
  a.terminalId - b.terminalId || a.at - b.at || (a.tie < b.tie ? -1 : a.tie > b.tie ? 1 : 0)

/** The first row of each key, for rows in key order. */
export const distinct = (rows: Row[]): Row[] =>
  rows.filter((row, i) => {
    const before = rows[i - 1]
    return (
      before === undefined ||
      before.at !== row.at ||
      before.terminalId !== row.terminalId ||
      before.tie !== row.tie
    )
  })

/** A value of a column; undefined is null. */
type Cell = string | number | boolean | object | null | undefined

const isSpecial = /[\\\n\r\t]/
const special = /[\\\n\r\t]/g
const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" }

function cell(value: Cell): string {
  if (value === undefined || value === null) return "\\N"
  if (typeof value === "object") return cell(JSON.stringify(value))
  if (typeof value !== "string") return String(value)
  return isSpecial.test(value)
    ? value.replace(special, (character) => escapes[character] ?? character)
    : value
}

/** The row as a line of COPY's text format. */
export function copyLine({ ready, terminalId, orgId, batchId, own }: Row): string {
  let line = `${terminalId}\t${orgId}\t${batchId}\t`
  for (const value of own) line += `${cell(value)}\t`
  return `${line}${ready.cells}\n`
}

type Layout = { columns: readonly string[]; storedFields: readonly string[]; contract: Contract<Common> }

/**
 * The row as an object by column name, for `jsonb_populate_recordset`. Its record is parsed again, because
 * few rows need this.
 */
export function asObject(
  { ready, terminalId, orgId, batchId, own }: Row,
  { columns, storedFields, contract }: Layout,
): Record<string, unknown> {
  const reading = contract.read(valueOf(ready.raw))
  if (!reading.success) throw new Error("a checked record cannot be parsed again")
  const record: Record<string, unknown> & Common = reading.data
  const values = [
    terminalId,
    orgId,
    batchId,
    ...own,
    ready.offsetMs,
    record.at,
    ...storedFields.map((field) => record[field]),
  ]
  return Object.fromEntries(
    values.flatMap((value, i) => (value === undefined || value === null ? [] : [[columns[i] ?? "", value]])),
  )
}
