import { DateTime } from "luxon"
import { currencyDigits } from "@/lib/base/text/currency"
import { earliestTime } from "@/lib/base/time/earliest"
import { weekdays } from "@/lib/fleet/stores/words"
import { noCodeBook, type CodeBook } from "@/lib/intake/codes/code-book"
import { addSale } from "@/lib/intake/imports/mapping/add-sale"
import { hashOf } from "@/lib/intake/imports/mapping/hashed-cell"
import {
  timeColumnsOf,
  type FieldSource,
  type Profile,
  type TimeSource,
} from "@/lib/intake/imports/mapping/profile"
import { currencyIn, readAmount } from "@/lib/intake/imports/mapping/read-amount"
import { currencyOf } from "@/lib/intake/imports/mapping/read-currency"
import {
  firstOf,
  isMonthDayTime,
  readDateAndTime,
  readMonthDayTime,
  readSeconds,
  readTime,
  type TimeReading,
} from "@/lib/intake/imports/mapping/read-time"
import {
  CellError,
  cellOf,
  codeOf,
  quoted,
  refuseShortened,
  wrong,
  type Row,
} from "@/lib/intake/imports/mapping/row"
import type { DecimalMark } from "@/lib/intake/imports/words"

const maskedPan = /\d{4,6}\*+\d{4}/

/** The value of one field, or undefined if its cell is empty. */
export function valueOf(field: string, source: FieldSource, row: Row, reading: Reading): unknown {
  if (source.constant !== undefined) return source.constant
  if (source.rowNumber !== undefined) return String(row.number).padStart(source.rowNumber, "0")
  if (source.cardRef) return row.cardRef ?? undefined
  const columns = typeof source.column === "string" ? [source.column] : (source.column ?? [])
  let text = columns
    .map((column) => cellOf(row, column, field))
    .filter((cell) => cell !== "")
    .join(source.joinWith)
  if (source.firstOf !== undefined) text = text.split(source.firstOf)[0]?.trim() ?? ""
  if (source.map) text = mapped(source.map, source.anyCase ? text.toLowerCase() : text) ?? text
  if (source.orRowHash && (text === "" || maskedPan.test(text))) return row.hash
  if (isAmount(source.as)) return amountOf(field, { ...source, as: source.as }, { row, text, reading })
  if (text === "" || (source.as === "number" && noMeasure.test(text))) return undefined
  refuseShortened(field, text)
  if (source.hash) text = hashOf(text)
  return source.as === "day" ? dayOf(field, text, reading) : typed(field, source.as, text)
}

/** The profile's word for a text; "*" stands for every other one. */
const mapped = (map: Record<string, string>, text: string): string | undefined =>
  Object.hasOwn(map, text) ? map[text] : text === "" ? "" : map["*"]

/** What exports write where nothing was measured. */
const noMeasure = /^(?:-{1,3}|—|n\/?a|null|none|nan|未知|无数据|无)$/i

const money = {
  amount: "an amount such as 134.09",
  money: "an amount such as 134.09",
  minor: "a whole number of the smallest unit, such as 13409",
}
type AmountKind = keyof typeof money
const isAmount = (as: FieldSource["as"]): as is AmountKind => Object.hasOwn(money, as)

/** An amount of money. Amounts in the column of money paid out are negative. */
function amountOf(
  field: string,
  { as, minusColumn, zeros = 0 }: FieldSource & { as: AmountKind },
  { row, text, reading }: { row: Row; text: string; reading: Reading },
): number | undefined {
  const digits = (currencyDigits(reading.currency ?? "") ?? usualDigits) + zeros
  const read = (cell: string): number | undefined => {
    if (cell === "") return undefined
    const named = currencyIn(cell)
    const isOther = named !== null && reading.currency !== undefined && named !== reading.currency
    const amount = isOther
      ? null
      : readAmount(cell, { digits, mark: reading.decimalMark, isMinor: as === "minor" })
    return amount ?? wrong(field, cell, as === "minor" ? "minor" : "money", money[as])
  }
  const plus = read(text)
  const minus = minusColumn === undefined ? undefined : read(cellOf(row, minusColumn, field))
  if (plus !== undefined && plus !== 0) return plus
  return minus === undefined || minus === 0 ? plus : -Math.abs(minus)
}

/** The decimals of amounts without a currency. */
const usualDigits = 2

function typed(field: string, as: Exclude<FieldSource["as"], "day" | AmountKind>, text: string): unknown {
  switch (as) {
    case "text":
      return text
    case "number":
      return numberOf(field, text) ?? wrong(field, text, "number", "a number")
    case "boolean":
      return booleanOf(field, text) ?? wrong(field, text, "boolean", "true or false")
    case "currency":
      return currencyOf(text) ?? wrong(field, text, "currency", "a currency such as CNY, 156 or 人民币")
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

/** The units that may follow a number, by the end of the field's name. */
const units: readonly [field: RegExp, unit: RegExp][] = [
  [/Pct$/, /^[%％]$/],
  [/Dbm$/, /^dbm$/i],
  [/C$/, /^(?:℃|°?C|度)$/i],
  [/Ms$/, /^(?:ms|毫秒)$/i],
  [/Seconds$/, /^(?:s|sec|秒)$/i],
]

/** A number, with or without the unit of its field. */
function numberOf(field: string, text: string): number | null {
  const [, number = "", unit = ""] = /^(-?\d+(?:\.\d+)?)(\D*)$/.exec(text) ?? []
  const own = units.find(([pattern]) => pattern.test(field))?.[1] ?? /^次$/
  return number === "" || (unit !== "" && !own.test(unit.trim())) ? null : Number(number)
}

/** Yes or no. Of a field that names a fault, "normal" is no. */
function booleanOf(field: string, text: string): boolean | null {
  if (field === "tamper" && /^(?:ok|正常)$/i.test(text)) return false
  if (field === "tamper" && /^(?:异常|故障)$/.test(text)) return true
  if (/^(true|1|yes|y|ok|是|正常|有|充电中|开)$/i.test(text)) return true
  return /^(false|0|no|n|否|异常|故障|无|未充电|关)$/i.test(text) ? false : null
}

/** What is known of a row and its file when a field is read. */
type Reading = TimeReading & { decimalMark?: DecimalMark | undefined; currency?: string | undefined }

/** A calendar day, with or without a time of day after it. */
const dayOf = (field: string, text: string, times: TimeReading): string =>
  readTime(text, times)?.toFormat("yyyy-MM-dd") ??
  wrong(field, text, "day", "a day such as 2026-03-31, or does not tell the day from the month")

/** The row's time with an offset. */
export function timeOf(source: TimeSource, reading: TimeReading, row: Row): string {
  const cell = (column: string) => cellOf(row, column, "at")
  const at =
    "column" in source ? single(cell(source.column), source.format, reading) : parted(source, reading, cell)
  const text = at?.isValid ? at.toISO() : null
  if (at && text !== null && at.toMillis() >= earliestTime) return text
  const written = timeColumnsOf(source).map(cell).join(" ").trim()
  if (text !== null) throw new CellError("at", "old", `${quoted(written)} is before 1990`, written)
  if (reading.year === undefined && needsYear(written, source))
    throw new CellError("at", "year", `${quoted(written)} has no year: set the year of the file`, written)
  throw new CellError(
    "at",
    "time",
    `${quoted(written)} cannot be read as a time: check the columns, the order of dates and the format`,
    written,
  )
}

const needsYear = (text: string, source: TimeSource): boolean =>
  "column" in source ? isMonthDayTime(text) : /^\d{4} /.test(text)

function single(text: string, format: string | undefined, reading: TimeReading): DateTime | null {
  if (format === undefined) return readTime(text, reading)
  if (format === "MMddHHmmss") return readMonthDayTime(text, reading)
  if (format === "X") return readSeconds(text, reading)
  return firstOf(DateTime.fromFormat(text, format, { zone: reading.zone }))
}

function parted(
  source: Exclude<TimeSource, { column: string }>,
  reading: TimeReading,
  cell: (column: string) => string,
): DateTime | null {
  if ("date" in source)
    return readDateAndTime(cell(source.date), cell(source.time), { ...reading, shortClock: source.clock })
  const date = [source.year, source.month, source.day]
    .map((column) => cell(column).padStart(2, "0"))
    .join("-")
  return firstOf(DateTime.fromISO(`${date}T${cell(source.time)}`, { zone: reading.zone }))
}

const misfitError = ({ cells, columns }: NonNullable<Row["misfit"]>): CellError =>
  new CellError(
    null,
    "width",
    `has ${cells} cells under ${columns} columns: a separator within a text, or a quote that is not closed`,
  )

/** The fields without which a heartbeat is rejected. */
const needed = ["terminal", "at"]

/**
 * A record of the contract from a row of the file. Of a heartbeat, other fields that cannot be read are
 * passed to `leaveOut`.
 */
export function recordOf(
  profile: Profile,
  row: Row,
  book: CodeBook = noCodeBook,
  leaveOut?: (error: CellError) => void,
): Record<string, unknown> {
  const { at, fields, sale, timeZone, dateOrder, year, codeSystem, decimalMark } = profile
  if (row.misfit) throw misfitError(row.misfit)
  const record: Record<string, unknown> = codeSystem === undefined ? {} : { codeSystem }
  const times = { zone: timeZone, dateOrder, year }
  if (at) record["at"] = timeOf(at, times, row)
  const currency = currencyOfRow(fields, row, times)
  if (currency !== undefined) record["currency"] = currency
  for (const [field, source] of Object.entries(fields)) {
    try {
      const value = valueOf(field, source, row, { ...times, decimalMark, currency })
      if (value !== undefined) record[field] = value
    } catch (error) {
      const isNeeded = profile.kind !== "heartbeats" || needed.includes(field)
      if (isNeeded || !leaveOut || !(error instanceof CellError)) throw error
      leaveOut(error)
    }
  }
  if (sale) addSale(record, { source: sale, profile, row, book })
  return record
}

/** The currency of a row: of its own field, or else the one beside the amount. */
function currencyOfRow(
  { currency, amountMinor }: Profile["fields"],
  row: Row,
  times: TimeReading,
): string | undefined {
  const own = currency && valueOf("currency", currency, row, times)
  if (typeof own === "string") return own
  const columns =
    amountMinor && isAmount(amountMinor.as) ? [amountMinor.column, amountMinor.minusColumn].flat() : []
  return columns
    .map((column) => (column === undefined ? null : currencyIn(cellOf(row, column, "amountMinor"))))
    .find((named) => named !== null)
}
