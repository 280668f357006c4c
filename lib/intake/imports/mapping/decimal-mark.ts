import type { AmountFacts } from "@/lib/intake/imports/mapping/column-facts"
import { otherMark } from "@/lib/intake/imports/mapping/read-amount"
import type { DecimalMark } from "@/lib/intake/imports/words"

type Asked = {
  amounts: AmountFacts
  /** The decimals of all currencies that the amounts may have. */
  digits: readonly number[]
  /** Whether the cells were numbers in a workbook, which always have a point. */
  isWorkbook: boolean
}

/**
 * The decimal mark of a column of amounts, by all of its cells; `open` if 1.250 can be one and a quarter or
 * 1,250. Undefined if no cell needs it, or if each cell is clear on its own.
 */
export function decimalMarkOf({ amounts, digits, isWorkbook }: Asked): DecimalMark | "open" | undefined {
  const { point, comma, openPoint, openComma } = amounts
  const whole = amounts.whole + amounts.named
  const isOpen = openPoint + openComma > 0
  if (point > 0 && comma > 0) return isOpen ? "open" : undefined
  if (point > 0) return "point"
  if (comma > 0) return "comma"
  if (!isOpen) return undefined
  if (isWorkbook && openComma === 0) return "point"
  if (openPoint > 0 && openComma > 0) return "open"
  // With whole numbers or a currency without decimals, a mark before three digits is a thousands separator.
  const groups = openPoint > 0 ? "comma" : "point"
  const most = Math.max(...digits)
  if (most === 0 || (most < 3 && whole > 0)) return groups
  // If all currencies have three decimals and all cells have three digits there, they are the decimals.
  return Math.min(...digits) === 3 && whole === 0 ? otherMark(groups) : "open"
}
