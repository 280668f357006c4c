import { dateFromSerial, format, isDateFormat } from "numfmt"

/** 31 December 9999, the last day that a spreadsheet can show. */
const lastSerial = 2_958_465
/** Days between the two date systems of workbooks, which start in 1900 and 1904. */
const daysTo1904 = 1_462

const daySeconds = 86_400
/** Spreadsheets keep this many digits of a number. Digits after these are noise. */
const exactDigits = 15
const firstInexact = 10 ** exactDigits

/** How a style shows numbers, as far as it matters to the text. */
export type NumberStyle = "plain" | "date" | "percent" | { zeros: string }

/**
 * Built-in formats of dates and times, which files name by number. Some are of Chinese and Japanese Excel.
 */
const isDateNumber = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** A format's code without its literal texts, in the section for positive numbers. */
const bare = (code: string): string => (code.split(";")[0] ?? "").replaceAll(/"[^"]*"|\\.|_.|\*./g, "")

/** The style of a format, by its number or by the workbook's own code. */
export function numberStyle(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) return id === 9 || id === 10 ? "percent" : isDateNumber(id) ? "date" : "plain"
  if (isDateFormat(code)) return "date"
  if (bare(code).includes("%")) return "percent"
  return /^[\s()/-]*0{2,}[\s()/0-]*$/.test(bare(code)) ? { zeros: code } : "plain"
}

const two = (value = 0) => String(value).padStart(2, "0")

/** A date cell as text, to the nearest second. A cell without a day is a time of day. */
function dateText(serial: number, is1904: boolean): string {
  const nearest = Math.round((serial + (is1904 ? daysTo1904 : 0)) * daySeconds) / daySeconds
  const [year, month, day, ...time] = dateFromSerial(nearest)
  const clock = time.map(two).join(":")
  return serial < 1 ? clock : `${year}-${two(month)}-${two(day)} ${clock}`
}

const exact = (value: number): number => Number(value.toPrecision(exactDigits))

/**
 * A cell's number as text, with the date and time, percent sign or leading zeros of its format. A number with
 * more digits than a spreadsheet keeps is written with an exponent, which shows that digits are lost.
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
