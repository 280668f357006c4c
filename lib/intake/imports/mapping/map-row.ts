import { DateTime } from "luxon"
import { weekdays } from "@/lib/fleet/stores/words"
import { deriveSale } from "@/lib/intake/imports/mapping/derive-sale"
import { hashOf } from "@/lib/intake/imports/mapping/hashed-cell"
import type { FieldSource, Profile, SaleSource, TimeSource } from "@/lib/intake/imports/mapping/profile"
import { readDateAndTime, readTime } from "@/lib/intake/imports/mapping/read-time"
import type { CellProblem, DateOrder } from "@/lib/intake/imports/words"

/** A row of a file as it is kept: its cells by header, card numbers masked. */
export type Row = {
  cells: Readonly<Record<string, string>>
  /** Counts from zero, after the header. */
  number: number
  /** Where it stands in the file, as a spreadsheet shows it. */
  line: number
  /** The one-way reference of the card number that the row held. */
  cardRef: string | null
  /** Tells the row from every other of the file, and is the same in the next file that holds it. */
  hash: string
}

/** A cell that cannot be read as the profile says; `message` is for the person who sent the file, `problem` and the cell's `text` for a screen in their language. */
export class CellError extends Error {
  readonly field: string
  readonly problem: CellProblem
  readonly text: string | null
  constructor(field: string, problem: CellProblem, message: string, text: string | null = null) {
    super(message)
    this.field = field
    this.problem = problem
    this.text = text
  }
}

const maskedPan = /\d{4,6}\*+\d{4}/

/** The value of one field; undefined where its cell is empty. */
export function valueOf(field: string, source: FieldSource, row: Row, times: Times): unknown {
  if (source.constant !== undefined) return source.constant
  if (source.rowNumber !== undefined) return String(row.number).padStart(source.rowNumber, "0")
  if (source.cardRef) return row.cardRef ?? undefined
  const columns = typeof source.column === "string" ? [source.column] : (source.column ?? [])
  let text = columns
    .map((column) => cellOf(row, column, field))
    .filter((cell) => cell !== "")
    .join(source.joinWith)
  if (source.firstOf !== undefined) text = text.split(source.firstOf)[0]?.trim() ?? ""
  if (source.map)
    text =
      source.map[source.anyCase ? text.toLowerCase() : text] ?? (text === "" ? "" : (source.map["*"] ?? text))
  if (source.orRowHash && (text === "" || maskedPan.test(text))) return row.hash
  if (text === "") return undefined
  if (source.hash) text = hashOf(text)
  return source.as === "day" ? dayOf(field, text, times) : typed(field, source.as, text)
}

// What stands before digits that a spreadsheet must not shorten, and what it must not take for a formula: no part of the value.
const textMark = /^['’`](?=[\p{L}\p{N}=+\-@＝＋－＠])/u

function cellOf({ cells }: Row, column: string, field: string): string {
  const cell = cells[column]
  if (cell === undefined) throw new CellError(field, "column", `the file has no column "${column}"`)
  return cell.trim().replace(textMark, "")
}

function typed(field: string, as: Exclude<FieldSource["as"], "day">, text: string): unknown {
  switch (as) {
    case "text":
      return text
    case "number": {
      const plain = text.replace(/(?:%|％|℃|°C|dBm|ms|秒|次)$/i, "").trimEnd()
      return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : wrong(field, text, "number", "a number")
    }
    case "boolean":
      return booleanOf(text) ?? wrong(field, text, "boolean", "true or false")
    case "money":
      return minorOf(text, 2) ?? wrong(field, text, "money", "an amount such as 134.09")
    case "minor":
      return (
        minorOf(text, 0) ?? wrong(field, text, "minor", "a whole number of the smallest unit, such as 13409")
      )
    case "code":
      return codeOf(text)
    case "bin":
      return /^\d{6}/.exec(text.replaceAll(/[ -]/g, ""))?.[0]
    case "labels":
      return [
        ...new Set(
          text
            .split(/[;；,，、]/)
            .map((label) => label.trim())
            .filter((label) => label !== ""),
        ),
      ].toSorted()
    case "openingHours": {
      const match = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/.exec(text)
      if (!match) return wrong(field, text, "hours", "hours such as 09:00-21:30")
      return Object.fromEntries(weekdays.map((day) => [day, [[match[1], match[2]]]]))
    }
  }
}

function booleanOf(text: string): boolean | null {
  if (/^(true|1|yes|y|ok|是|正常|有|充电中|开)$/i.test(text)) return true
  return /^(false|0|no|n|否|异常|故障|无|未充电|关)$/i.test(text) ? false : null
}

// The point may be a comma, and thousands may be parted: 1,234.50 and 1.234,50, and 12,50.
const amounts = [
  /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/,
  /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))$/,
  /^(\d+)\.(\d{2}0+)$/,
]

function minorOf(text: string, digits: 0 | 2): number | null {
  const match = /^(-?)[^\d.,-]{0,3}(-?)([\d.,]+)(?:元|分)?$/.exec(
    text.replaceAll("，", ",").replaceAll(/\s/g, ""),
  )
  const parts = amounts.map((pattern) => pattern.exec(match?.[3] ?? "")).find((found) => found !== null)
  if (!match || !parts || (digits === 0 && Number(parts[2] ?? 0) !== 0)) return null
  const whole = Number((parts[1] ?? "").replaceAll(/[.,]/g, ""))
  const minor = digits === 0 ? whole : whole * 100 + Number((parts[2] ?? "").slice(0, 2).padEnd(2, "0"))
  return (match[1] || match[2]) && minor !== 0 ? -minor : minor
}

/** The code alone of "51", "51-余额不足" and "51（余额不足）"; a spreadsheet makes 0 of 00. */
function codeOf(text: string): string {
  const code = /^([0-9A-Za-z]{1,8})(?=$|[-:：(（[\s])/.exec(text)?.[1] ?? text
  return /^\d$/.test(code) ? `0${code}` : code
}

const wrong = (field: string, text: string, problem: CellProblem, wanted: string): never => {
  throw new CellError(field, problem, `"${text.slice(0, 40)}" is not ${wanted}`, text)
}

type Times = { zone: string; dateOrder?: DateOrder | undefined }

/** A calendar day, with or without a time of day behind it. */
const dayOf = (field: string, text: string, times: Times): string =>
  readTime(text, times)?.toFormat("yyyy-MM-dd") ??
  wrong(field, text, "day", "a day such as 2026-03-31, or does not tell the day from the month")

/** The row's time with an offset. */
export function timeOf(source: TimeSource, times: Times, row: Row): string {
  const cell = (column: string) => cellOf(row, column, "at")
  const at =
    "column" in source ? single(cell(source.column), source.format, times) : parted(source, times, cell)
  const text = at?.isValid ? at.toISO() : null
  if (text === null)
    throw new CellError("at", "time", "the time cannot be read: check the columns and the format")
  return text
}

const single = (text: string, format: string | undefined, times: Times): DateTime | null =>
  format === undefined ? readTime(text, times) : DateTime.fromFormat(text, format, { zone: times.zone })

function parted(
  source: Exclude<TimeSource, { column: string }>,
  times: Times,
  cell: (column: string) => string,
): DateTime | null {
  if ("date" in source) return readDateAndTime(cell(source.date), cell(source.time), times)
  const date = [source.year, source.month, source.day]
    .map((column) => cell(column).padStart(2, "0"))
    .join("-")
  return DateTime.fromISO(`${date}T${cell(source.time)}`, { zone: times.zone })
}

/** A record of the contract from a row of the file. */
export function recordOf(
  { at, fields, sale, timeZone, dateOrder, codeSystem }: Profile,
  row: Row,
): Record<string, unknown> {
  const record: Record<string, unknown> = codeSystem === undefined ? {} : { codeSystem }
  const times = { zone: timeZone, dateOrder }
  if (at) record["at"] = timeOf(at, times, row)
  for (const [field, source] of Object.entries(fields)) {
    const value = valueOf(field, source, row, times)
    if (value !== undefined) record[field] = value
  }
  if (sale) addSale(record, sale, row)
  return record
}

const unknownSale = {
  status: "neither the status nor a code says what became of the sale",
  code: "no status and no code says what became of the sale",
  type: "is nothing that a customer asked for: signing in, settlement and the like are no sales",
} as const

function addSale(record: Record<string, unknown>, source: SaleSource, row: Row): void {
  const cell = (column: string | undefined) => (column === undefined ? "" : cellOf(row, column, "outcome"))
  const code = codeOf(cell(source.code))
  const derived = deriveSale({ status: cell(source.status), code, type: cell(source.type) })
  if ("unknown" in derived) throw new CellError("outcome", derived.unknown, unknownSale[derived.unknown])
  record["outcome"] = derived.outcome
  if (derived.outcome === "reversed") {
    // The reversal of a sale carries the sale's own number where it names no other.
    record["reverses"] = cell(source.original) || record["id"]
    record["id"] = `${String(record["id"])}-r`
  }
  const amount = record["amountMinor"]
  if (derived.isRefund && typeof amount === "number" && amount > 0) record["amountMinor"] = -amount
}
