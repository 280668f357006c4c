import { addDate, noDates, orderedLengths, type DateFacts } from "@/lib/intake/imports/mapping/date-order"
import { amountTells } from "@/lib/intake/imports/mapping/read-amount"
import { isMonthDayTime } from "@/lib/intake/imports/mapping/read-time"
import { plainCell } from "@/lib/intake/imports/mapping/row"

/** How the amounts of a column are written: the number of cells with each form. */
export type AmountFacts = {
  /** No decimal mark or separator. */
  whole: number
  point: number
  comma: number
  /** A single mark before three digits, which may be a decimal mark or a thousands separator. */
  openPoint: number
  openComma: number
  /** Twelve digits with a leading zero. */
  twelve: number
  /** Whole numbers with a currency beside them. */
  named: number
  /** Whole numbers that are multiples of a hundred, and those of a thousand or more. */
  hundreds: number
  large: number
}

export const noAmounts: AmountFacts = {
  whole: 0,
  point: 0,
  comma: 0,
  openPoint: 0,
  openComma: 0,
  twelve: 0,
  named: 0,
  hundreds: 0,
  large: 0,
}

export const sumOfAmounts = (a: AmountFacts, b: AmountFacts): AmountFacts => ({
  whole: a.whole + b.whole,
  point: a.point + b.point,
  comma: a.comma + b.comma,
  openPoint: a.openPoint + b.openPoint,
  openComma: a.openComma + b.openComma,
  twelve: a.twelve + b.twelve,
  named: a.named + b.named,
  hundreds: a.hundreds + b.hundreds,
  large: a.large + b.large,
})

/** What all cells of a column show about how to read it. */
export type ColumnFacts = {
  filled: number
  /** Its distinct texts with their counts, masked like the cells; null if there are too many. */
  values: [text: string, count: number][] | null
  amounts: AmountFacts
  dates: DateFacts
  /** The number of cells with ten digits, and how many of them may be month, day and time. */
  tenDigits: { all: number; monthDay: number }
  /** The number of cells that are times of day with seconds, in digits only. */
  longClocks: number
}

/** By header. */
export type FileFacts = Readonly<Record<string, ColumnFacts>>

const mostValues = 200
const longestValue = 64
/** A column of short texts can be one of codes, each of which needs a meaning. */
const mostCodes = 1_000
const longestCode = 8
/** No amount or date is longer. */
const longestNumber = 40

/** Collects the facts of a column, cell by cell. */
class ColumnGatherer {
  #filled = 0
  #values: Map<string, number> | null = new Map()
  #areShort = true
  readonly #dates: DateFacts = { ...noDates }
  readonly #tenDigits = { all: 0, monthDay: 0 }
  #longClocks = 0
  readonly #now = Date.now()
  readonly #amounts: AmountFacts = { ...noAmounts }

  add(text: string): void {
    if (text === "") return
    this.#filled += 1
    this.#count(text)
    if (text.length > longestNumber || !/\d/.test(text)) return
    if (/^\d+$/.test(text)) this.#addDigits(text)
    // No amount has a colon or a slash; a date begins with one or two digits.
    else if (!/[:/]/.test(text)) this.#addAmount(text)
    if (/^\d{1,2}[-/.月]/.test(text)) addDate(this.#dates, text, this.#now)
  }

  #addAmount(text: string): void {
    const tells = amountTells(text)
    if (tells !== null) this.#amounts[tells] += 1
    if (tells === "whole") this.#addWhole(text.replaceAll(/\D/g, ""))
  }

  #addWhole(digits: string): void {
    if (/^0*$|00$/.test(digits)) this.#amounts.hundreds += 1
    if (Number(digits) >= 1_000) this.#amounts.large += 1
  }

  #addDigits(text: string): void {
    this.#amounts.whole += 1
    this.#addWhole(text)
    if (text.length === 12 && text.startsWith("0")) this.#amounts.twelve += 1
    if (text.length === 4 || orderedLengths.has(text.length)) addDate(this.#dates, text, this.#now)
    if (text.length === 5 || text.length === 6) this.#longClocks += 1
    if (text.length !== 10) return
    this.#tenDigits.all += 1
    if (isMonthDayTime(text)) this.#tenDigits.monthDay += 1
  }

  #count(text: string): void {
    if (!this.#values) return
    this.#areShort &&= text.length <= longestCode
    const most = this.#areShort ? mostCodes : mostValues
    const before = this.#values.get(text)
    const isFull = this.#values.size + (before === undefined ? 1 : 0) > most
    if (isFull || text.length > longestValue) this.#values = null
    else this.#values.set(text, (before ?? 0) + 1)
  }

  get facts(): ColumnFacts {
    return {
      filled: this.#filled,
      values: this.#values && [...this.#values],
      amounts: this.#amounts,
      dates: this.#dates,
      tenDigits: this.#tenDigits,
      longClocks: this.#longClocks,
    }
  }
}

/** Collects the facts of a file while its rows are read. */
export class FactsGatherer {
  readonly #columns: ColumnGatherer[] = []

  add(cells: readonly string[]): void {
    for (const [i, cell] of cells.entries()) (this.#columns[i] ??= new ColumnGatherer()).add(plainCell(cell))
  }

  factsOf(headers: readonly string[]): FileFacts {
    return Object.fromEntries(
      headers.map((header, i) => [header, (this.#columns[i] ?? new ColumnGatherer()).facts]),
    )
  }
}

/** The facts of some rows, if those of the whole file are not available. */
export function factsOfRows(
  headers: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): FileFacts {
  const gatherer = new FactsGatherer()
  for (const row of rows) gatherer.add(headers.map((header) => row[header] ?? ""))
  return gatherer.factsOf(headers)
}
