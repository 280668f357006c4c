import { createHash } from "node:crypto"
import { DateTime } from "luxon"
import type { FieldSource, Profile, TimeSource } from "@/lib/imports/profile"
import { weekdays } from "@/lib/stores/opening-hours"

export type Row = Record<string, string>

/** A cell that cannot be read as the profile says; `message` is for the person who sent the file. */
export class CellError extends Error {
  readonly field: string
  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

/** The value of one field; undefined where its cell is empty. `rowNumber` counts from zero. */
export function valueOf(field: string, source: FieldSource, row: Row, rowNumber: number): unknown {
  if (source.constant !== undefined) return source.constant
  if (source.rowNumber !== undefined) return String(rowNumber).padStart(source.rowNumber, "0")
  const columns = typeof source.column === "string" ? [source.column] : (source.column ?? [])
  let text = columns.map((column) => cellOf(row, column, field)).filter((cell) => cell !== "").join(source.joinWith)
  if (source.firstOf !== undefined) text = text.split(source.firstOf)[0]?.trim() ?? ""
  if (source.map) text = source.map[text] ?? (text === "" ? "" : (source.map["*"] ?? text))
  if (text === "") return undefined
  if (source.hash) text = createHash("sha256").update(text).digest("hex").slice(0, 20)
  return typed(field, source.as, text)
}

function cellOf(row: Row, column: string, field: string): string {
  const cell = row[column]
  if (cell === undefined) throw new CellError(field, `the file has no column "${column}"`)
  return cell.trim()
}

function typed(field: string, as: FieldSource["as"], text: string): unknown {
  switch (as) {
    case "text":
      return text
    case "number":
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : wrong(field, text, "a number")
    case "boolean":
      return /^(true|1|yes|y|是)$/i.test(text) ? true : /^(false|0|no|n|否)$/i.test(text) ? false : wrong(field, text, "true or false")
    case "money": {
      const match = /^(-?)[^\d.-]{0,3}(-?)([\d,]+)(?:\.(\d{1,2}))?$/.exec(text)
      if (!match) return wrong(field, text, "an amount such as 134.09")
      const minor = Number((match[3] ?? "").replaceAll(",", "")) * 100 + Number((match[4] ?? "").padEnd(2, "0"))
      return match[1] || match[2] ? -minor : minor
    }
    case "openingHours": {
      const match = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/.exec(text)
      if (!match) return wrong(field, text, "hours such as 09:00-21:30")
      return Object.fromEntries(weekdays.map((day) => [day, [[match[1], match[2]]]]))
    }
  }
}

const wrong = (field: string, text: string, wanted: string): never => {
  throw new CellError(field, `"${text.slice(0, 40)}" is not ${wanted}`)
}

/** The row's time with an offset. */
export function timeOf(source: TimeSource, zone: string, row: Row): string {
  const cell = (column: string) => cellOf(row, column, "at")
  const at = "column" in source ? single(cell(source.column), source.format, zone) : parts(source, zone, cell)
  const text = at.isValid ? at.toISO() : null
  if (text === null) throw new CellError("at", "the time cannot be read: check the columns and the format")
  return text
}

const single = (text: string, format: string | undefined, zone: string): DateTime =>
  format === undefined ? DateTime.fromISO(text.replace(" ", "T"), { zone, setZone: true }) : DateTime.fromFormat(text, format, { zone })

function parts(source: Exclude<TimeSource, { column: string }>, zone: string, cell: (column: string) => string): DateTime {
  const date = [source.year, source.month, source.day].map((column) => cell(column).padStart(2, "0")).join("-")
  return DateTime.fromISO(`${date}T${cell(source.time)}`, { zone })
}

/** A record of the contract from a row of the file. */
export function recordOf({ at, fields, timeZone, codeSystem }: Profile, row: Row, rowNumber: number): Record<string, unknown> {
  const record: Record<string, unknown> = codeSystem === undefined ? {} : { codeSystem }
  if (at) record["at"] = timeOf(at, timeZone, row)
  for (const [field, source] of Object.entries(fields)) {
    const value = valueOf(field, source, row, rowNumber)
    if (value !== undefined) record[field] = value
  }
  return record
}
