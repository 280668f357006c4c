import type { AmountFacts } from "@/lib/intake/imports/mapping/column-facts"
import type { DecimalMark } from "@/lib/intake/imports/words"

const other = (mark: DecimalMark): DecimalMark => (mark === "point" ? "comma" : "point")

type Asked = {
  amounts: AmountFacts
  /** The decimals of all currencies that the amounts may be in. */
  digits: readonly number[]
  /** Whether the cells were numbers of a workbook, which always have a point. */
  isWorkbook: boolean
}

/**
 * What parts the decimals in a column of amounts, by all of its cells; `open` where they leave it open
 * whether 1.250 is one and a quarter or 1,250. Undefined where no cell needs it, or each tells by itself.
 */
export function decimalMarkOf({ amounts, digits, isWorkbook }: Asked): DecimalMark | "open" | undefined {
  const { point, comma, openPoint, openComma, whole } = amounts
  const isOpen = openPoint + openComma > 0
  if (point > 0 && comma > 0) return isOpen ? "open" : undefined
  if (point > 0) return "point"
  if (comma > 0) return "comma"
  if (!isOpen) return undefined
  if (isWorkbook && openComma === 0) return "point"
  if (openPoint > 0 && openComma > 0) return "open"
  // Among whole numbers, or in a currency without decimals, a mark before three digits parts thousands.
  const groups = openPoint > 0 ? "comma" : "point"
  const most = Math.max(...digits)
  if (most === 0 || (most < 3 && whole > 0)) return groups
  // Where all currencies have three decimals and all cells have three digits there, these are they.
  return Math.min(...digits) === 3 && whole === 0 ? other(groups) : "open"
}
