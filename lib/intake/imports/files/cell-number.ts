import { dateFromSerial, format, isDateFormat } from "numfmt"

/** 31 December 9999, the last day that a spreadsheet knows. */
const lastSerial = 2_958_465
/** Days from a workbook's usual first day to that of 1904. */
const daysTo1904 = 1_462

const daySeconds = 86_400
/** Spreadsheets keep no more digits of a number: what lies beyond is noise, or lost. */
const exactDigits = 15
const firstInexact = 10 ** exactDigits

/** How a style shows numbers, as far as it changes what they say. */
export type NumberStyle = "plain" | "date" | "percent" | { zeros: string }

/**
 * Formats that a file names by number alone: dates and times, among them those of Chinese and Japanese Excel.
 */
const isDateNumber = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** What a format's code has besides its literal texts, in the section of positive numbers. */
const bare = (code: string): string => (code.split(";")[0] ?? "").replaceAll(/"[^"]*"|\\.|_.|\*./g, "")

/** The style of a format by its number, and by its code where the workbook has one of its own. */
export function numberStyle(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) return id === 9 || id === 10 ? "percent" : isDateNumber(id) ? "date" : "plain"
  if (isDateFormat(code)) return "date"
  if (bare(code).includes("%")) return "percent"
  return /^[\s()/-]*0{2,}[\s()/0-]*$/.test(bare(code)) ? { zeros: code } : "plain"
}

const two = (value = 0) => String(value).padStart(2, "0")

/** A date cell as text, to the nearest second; one without a day is a time of day. */
function dateText(serial: number, is1904: boolean): string {
  const nearest = Math.round((serial + (is1904 ? daysTo1904 : 0)) * daySeconds) / daySeconds
  const [year, month, day, ...time] = dateFromSerial(nearest)
  const clock = time.map(two).join(":")
  return serial < 1 ? clock : `${year}-${two(month)}-${two(day)} ${clock}`
}

const exact = (value: number): number => Number(value.toPrecision(exactDigits))

/**
 * A cell's number as text: a date and time, a percentage or leading zeros where its format shows them. Of a
 * number with more digits than a spreadsheet keeps the exponent tells that some are lost.
 */
export function numberText(
  content: string,
  { style, is1904 }: { style: NumberStyle; is1904: boolean },
): string {
  const value = Number(content)
  if (content.trim() === "" || !Number.isFinite(value)) return content
  if (style === "date" && value <= lastSerial) return dateText(value, is1904)
  if (style === "percent") return `${exact(value * 100)}%`
  if (typeof style === "object" && Number.isInteger(value)) return format(style.zeros, value)
  if (Math.abs(value) >= firstInexact) return value.toExponential().toUpperCase()
  return Number.isInteger(value) ? String(value) : String(exact(value))
}
