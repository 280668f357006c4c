import { DateTime } from "luxon"
import type { DateOrder } from "@/lib/intake/imports/words"

export type DateParts = { year: number; month: number; day: number }

const orders: readonly DateOrder[] = ["day-first", "month-first", "year-first"]

/** 28/11/2026, 11-28-26 and 26.11.28 need an order of day, month and year. */
const ordered = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/
/** 261128 and 28112026, alone or before a time of day in six digits. */
const orderedCompact = /^(\d{2})(\d{2})(\d{2}|(?:19|20)\d{2})(?=$|(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$)/
/** The lengths of such texts. */
export const orderedLengths: ReadonlySet<number> = new Set([6, 8, 12, 14])
/** 200911120000 can be noon in 2020 as well as midnight in 2009. */
const twoYears = /^20(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d$/

/** Two-digit years of the present. */
export const fullYear = (year: number): number => (year >= 100 ? year : year + (year < 70 ? 2000 : 1900))

export const isDay = ({ year, month, day }: DateParts): boolean => DateTime.utc(year, month, day).isValid

type Ordered = { numbers: [number, number, number]; hasWholeYear: boolean; length: number }

function orderedOf(text: string): Ordered | null {
  const match = ordered.exec(text)
  const [first, second, third] = match
    ? [match[1], match[3], match[4]]
    : (orderedCompact.exec(text)?.slice(1) ?? [])
  if (third === undefined) return null
  return {
    numbers: [Number(first), Number(second), Number(third)],
    hasWholeYear: third.length === 4,
    length: match ? match[0].length : third.length + 4,
  }
}

function partsBy({ numbers: [a, b, c], hasWholeYear }: Ordered, order: DateOrder): DateParts | null {
  if (order === "year-first" && hasWholeYear) return null
  const parts =
    order === "day-first"
      ? { year: fullYear(c), month: b, day: a }
      : order === "month-first"
        ? { year: fullYear(c), month: a, day: b }
        : { year: fullYear(a), month: b, day: c }
  return isDay(parts) ? parts : null
}

/** Whether a text can be read in an order; without one, in any that a file can have. */
export function isOrdered(text: string, order: DateOrder | undefined): boolean {
  const found = orderedOf(text)
  if (!found) return false
  return order === undefined
    ? orders.some((one) => isPossible(partsBy(found, one), found, Date.now()))
    : partsBy(found, order) !== null
}

/** A two-digit year this far in the past is read as a day. */
const longestPast = 10

/** Whether a file can have the day. With a two-digit year, it is not in the future and not long ago. */
function isPossible(parts: DateParts | null, { hasWholeYear }: Ordered, now: number): parts is DateParts {
  if (parts === null || hasWholeYear) return parts !== null
  const at = Date.UTC(parts.year, parts.month - 1, parts.day)
  return at < now + 2 * 86_400_000 && parts.year >= new Date(now).getUTCFullYear() - longestPast
}

/** The day at the start of a text, read in one order; null if there is none, or if it is ambiguous. */
export function readOrdered(
  text: string,
  { order, now }: { order: DateOrder | undefined; now: number },
): { parts: DateParts; length: number } | null {
  const found = orderedOf(text)
  if (!found) return null
  const { length } = found
  if (order !== undefined) {
    const parts = partsBy(found, order)
    return parts && { parts, length }
  }
  if (twoYears.test(text)) return null
  const days = orders.map((one) => partsBy(found, one)).filter((parts) => isPossible(parts, found, now))
  const [parts, ...others] = days.filter((day) => day !== null)
  const isOne = others.every(
    ({ month, day, year }) => month === parts?.month && day === parts.day && year === parts.year,
  )
  return parts && isOne ? { parts, length } : null
}

/** The number of dates in a column that contradict each order, and the number that fit several. */
export type DateFacts = {
  ordered: number
  notDayFirst: number
  notMonthFirst: number
  notYearFirst: number
  open: number
  /** The number that may begin with a year of four digits instead. */
  twoYears: number
  /** Days without a year, such as 1127. */
  noYear: number
}

export const noDates: DateFacts = {
  ordered: 0,
  notDayFirst: 0,
  notMonthFirst: 0,
  notYearFirst: 0,
  open: 0,
  twoYears: 0,
  noYear: 0,
}

const refusedBy = {
  "day-first": "notDayFirst",
  "month-first": "notMonthFirst",
  "year-first": "notYearFirst",
} as const satisfies Record<DateOrder, keyof DateFacts>

/** Adds a cell to the facts of its column. */
export function addDate(facts: DateFacts, text: string, now: number): void {
  if (isMonthDay(text)) facts.noYear += 1
  const found = orderedOf(text)
  if (!found) return
  const possible = orders.filter((order) => isPossible(partsBy(found, order), found, now))
  if (possible.length === 0) return
  facts.ordered += 1
  for (const order of orders) if (!possible.includes(order)) facts[refusedBy[order]] += 1
  if (twoYears.test(text)) facts.twoYears += 1
  if (readOrdered(text, { order: undefined, now }) === null) facts.open += 1
}

export const sumOfDates = (a: DateFacts, b: DateFacts): DateFacts => ({
  ordered: a.ordered + b.ordered,
  notDayFirst: a.notDayFirst + b.notDayFirst,
  notMonthFirst: a.notMonthFirst + b.notMonthFirst,
  notYearFirst: a.notYearFirst + b.notYearFirst,
  open: a.open + b.open,
  twoYears: a.twoYears + b.twoYears,
  noYear: a.noYear + b.noYear,
})

/**
 * The order of a column's dates, by all of its cells; `open` if several orders fit, or if cells contradict
 * each other.
 */
export function dateOrderOf(facts: DateFacts): DateOrder | "open" | undefined {
  if (facts.ordered === 0) return undefined
  if (facts.twoYears === facts.ordered) return "open"
  const [order, ...others] = orders.filter((one) => facts[refusedBy[one]] === 0)
  if (order !== undefined && others.length === 0) return order
  return facts.open > 0 || order === undefined ? "open" : undefined
}

const monthDay = /^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/
const monthDayWords = /^(\d{1,2})月(\d{1,2})日?/

/** Whether the text is a day without a year: 1127 or 11月27日. */
const isMonthDay = (text: string): boolean => monthDay.test(text) || monthDayWords.test(text)

/**
 * The day of a text without a year, in the file's last year; if that is in the future, in the year before.
 */
export function readMonthDay(
  text: string,
  { year, now }: { year: number | undefined; now: number },
): { parts: DateParts; length: number } | null {
  const match = monthDay.exec(text) ?? monthDayWords.exec(text)
  if (!match || year === undefined) return null
  const parts = inYear({ month: Number(match[1]), day: Number(match[2]) }, { year, now })
  return parts && { parts, length: match[0].length }
}

/** A day of the file's last year; if that is in the future, of the year before. */
export function inYear(
  { month, day }: { month: number; day: number },
  { year, now }: { year: number; now: number },
): DateParts | null {
  const isAhead = Date.UTC(year, month - 1, day) > now + 2 * 86_400_000
  const parts = { year: isAhead ? year - 1 : year, month, day }
  return isDay(parts) ? parts : null
}
