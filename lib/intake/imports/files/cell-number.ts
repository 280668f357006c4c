import { dateFromSerial } from "numfmt"

/** 31 December 9999, the last day that a spreadsheet knows. */
const lastSerial = 2_958_465
/** Days from a workbook's usual first day to that of 1904. */
const daysTo1904 = 1_462

const daySeconds = 86_400

const two = (value = 0) => String(value).padStart(2, "0")

/** A date cell as text, to the nearest second; one without a day is a time of day. */
function dateText(serial: number, is1904: boolean): string {
  const nearest = Math.round((serial + (is1904 ? daysTo1904 : 0)) * daySeconds) / daySeconds
  const [year, month, day, ...time] = dateFromSerial(nearest)
  const clock = time.map(two).join(":")
  return serial < 1 ? clock : `${year}-${two(month)}-${two(day)} ${clock}`
}

/** A cell's number as text: a date and time where its format shows one. */
export function numberText(
  content: string,
  { isDate, is1904 }: { isDate: boolean; is1904: boolean },
): string {
  const value = Number(content)
  if (content.trim() === "" || !Number.isFinite(value)) return content
  if (isDate && value <= lastSerial) return dateText(value, is1904)
  return Number.isInteger(value) ? BigInt(value).toString() : String(value)
}
