import { currencyOf } from "@/lib/intake/imports/mapping/read-currency"
import type { DecimalMark } from "@/lib/intake/imports/words"

/** A parsed number, and what its marks say about the decimal mark of its column. */
type Written = {
  whole: string
  fraction: string
  /** `open` is a single mark before three digits: 1.250 is one and a quarter or 1,250. */
  tells: DecimalMark | "nothing" | "open"
  mark: DecimalMark | null
}

export const otherMark = (mark: DecimalMark): DecimalMark => (mark === "point" ? "comma" : "point")
const markOf = (character: string | undefined): DecimalMark => (character === "," ? "comma" : "point")

const plain = /^\d+$/
const grouped = {
  point: /^\d{1,3}(?:(?:,\d{2,3})*,\d{3})$/,
  comma: /^\d{1,3}(?:\.\d{3})+$/,
} as const satisfies Record<DecimalMark, RegExp>

/** Joins groups of digits with blanks or apostrophes between them, such as 1 234 567 and 1'234'567. */
const ungrouped = (text: string): string =>
  /^\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d*)?$/.test(text) ? text.replaceAll(/[ '’]/g, "") : text

function writtenOf(number: string): Written | null {
  const text = ungrouped(number)
  const digitsOf = (part: string) => part.replaceAll(/[.,]/g, "")
  if (plain.test(text)) return { whole: text, fraction: "", tells: "nothing", mark: null }
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","))
  if (last === -1) return null
  const mark = markOf(text[last])
  const [before, after] = [text.slice(0, last), text.slice(last + 1)]
  if (/^\d*$/.test(after) && before + after !== "") {
    if (grouped[mark].test(before)) return { whole: digitsOf(before), fraction: after, tells: mark, mark }
    if (/^\d*$/.test(before) && !(after.length === 3 && /^[1-9]\d{0,2}$/.test(before)))
      return { whole: before || "0", fraction: after, tells: mark, mark }
    if (plain.test(before)) return { whole: before, fraction: after, tells: "open", mark }
  }
  // Several marks of the same kind are thousands separators.
  return grouped[otherMark(mark)].test(text)
    ? { whole: digitsOf(text), fraction: "", tells: otherMark(mark), mark: null }
    : null
}

type Amount = {
  written: Written
  isNegative: boolean
  named: string | null
  /** Whether a currency or its sign is beside the number. */
  isNamed: boolean
  isMinor: boolean
}

const minus = /[-\u2012-\u2015\u2212\uFE63]/g
/** Currency signs of several currencies. */
const unnamed = new Set(["", "$", "¥", "kr", "fr", "元", "圆", "块", "元整", "分"])

/** No amount with its currency is longer. */
const longestAmount = 100

/** The number of a text with its sign and currency; null if the text has anything else. */
function amountOf(text: string): Amount | null {
  if (text.length > longestAmount) return null
  const flat = text.normalize("NFKC").replaceAll(/\s+/g, " ").trim()
  const match = /^([^\d.,]*)([.,]?\d[\d., '’]*)(\D*)$/.exec(flat)
  if (!match) return null
  const [, before = "", number = "", after = ""] = match
  const isBracketed = before.includes("(")
  const signs = (before + after).match(minus)?.length ?? 0
  if (isBracketed !== after.includes(")") || signs + (isBracketed ? 1 : 0) > 1) return null
  const words = [before, after].map((side) =>
    side
      .replaceAll(minus, "")
      .replaceAll(/[+()\s]/g, "")
      .toLowerCase(),
  )
  const names = words.filter((word) => !unnamed.has(word)).map(currencyOf)
  const written = names.includes(null) ? null : writtenOf(number.trim())
  if (!written || new Set(names).size > 1) return null
  return {
    written,
    isNegative: signs === 1 || isBracketed,
    named: names[0] ?? null,
    isNamed: words.some((word) => word !== ""),
    isMinor: words.includes("分"),
  }
}

/** The currency beside the number in a cell of amounts. */
export const currencyIn = (text: string): string | null => amountOf(text)?.named ?? null

/**
 * What a cell shows about how the amounts of its column are written; null if it is not an amount. `named` is
 * a whole number with a currency beside it.
 */
export function amountTells(
  text: string,
): "whole" | "named" | "point" | "comma" | "openPoint" | "openComma" | null {
  const amount = amountOf(text)
  if (!amount) return null
  const { written } = amount
  if (written.tells === "nothing") return amount.isNamed ? "named" : "whole"
  if (written.tells === "open") return written.mark === "comma" ? "openComma" : "openPoint"
  return written.tells
}

type Reading = {
  /** The decimals of the currency. */
  digits: number
  /** The decimal mark of the column. A cell with another mark is not an amount. */
  mark: DecimalMark | undefined
  /** Whether the numbers are in minor units already. */
  isMinor: boolean
}

/** Digits after these are rounding noise of a computer: 59.97000000000001. */
const exactDigits = 15

/** The number in minor units; NaN if it has more decimals than the currency. */
function minorOf({ whole, fraction }: Pick<Written, "whole" | "fraction">, decimals: number): number {
  if (fraction !== "" && (whole + fraction).replace(/^0+/, "").length > exactDigits) {
    const [rounded = "", rest = ""] = Number(`${whole}.${fraction}`).toPrecision(exactDigits).split(".")
    return minorOf({ whole: rounded, fraction: rest.slice(0, exactDigits - 1) }, decimals)
  }
  if (!/^0*$/.test(fraction.slice(decimals))) return Number.NaN
  return Number(whole + fraction.slice(0, decimals).padEnd(decimals, "0"))
}

/** An amount in minor units of its currency; null if the text is not an amount, or is ambiguous. */
export function readAmount(text: string, { digits, mark, isMinor }: Reading): number | null {
  const amount = amountOf(text)
  if (!amount) return null
  const { whole, fraction, tells, mark: own } = amount.written
  const decimals = isMinor || amount.isMinor ? 0 : digits
  const isContrary = mark !== undefined && (tells === "point" || tells === "comma") && tells !== mark
  if (isContrary || (tells === "open" && mark === undefined && decimals !== 0)) return null
  const isGrouped = tells === "open" && own !== mark
  const minor = minorOf(isGrouped ? { whole: whole + fraction, fraction: "" } : { whole, fraction }, decimals)
  if (!Number.isSafeInteger(minor)) return null
  return amount.isNegative && minor !== 0 ? -minor : minor
}
