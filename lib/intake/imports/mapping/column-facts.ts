import { amountTells } from "@/lib/intake/imports/mapping/read-amount"

/** How amounts of a column are written: how many cells have each way. */
export type AmountFacts = {
  /** No mark at all. */
  whole: number
  point: number
  comma: number
  /** A single mark before three digits, which may part decimals or thousands. */
  openPoint: number
  openComma: number
  /** Twelve digits with a zero in front. */
  twelve: number
}

/** What all cells of a column tell of how it is to be read. */
export type ColumnFacts = {
  filled: number
  /** Its different texts with how often they come, masked as the cells are; null where they are too many. */
  values: [text: string, count: number][] | null
  amounts: AmountFacts
}

/** By header. */
export type FileFacts = Readonly<Record<string, ColumnFacts>>

const mostValues = 200
const longestValue = 64

/** Gathers the facts of a column, cell by cell. */
class ColumnGatherer {
  #filled = 0
  #values: Map<string, number> | null = new Map()
  readonly #amounts: AmountFacts = { whole: 0, point: 0, comma: 0, openPoint: 0, openComma: 0, twelve: 0 }

  add(text: string): void {
    if (text === "") return
    this.#filled += 1
    this.#count(text)
    if (!/\d/.test(text) || text.length > longestValue) return
    const tells = amountTells(text)
    if (tells !== null) this.#amounts[tells] += 1
    if (/^0\d{11}$/.test(text)) this.#amounts.twelve += 1
  }

  #count(text: string): void {
    if (!this.#values) return
    const before = this.#values.get(text)
    if (before === undefined && (this.#values.size === mostValues || text.length > longestValue))
      this.#values = null
    else this.#values.set(text, (before ?? 0) + 1)
  }

  get facts(): ColumnFacts {
    return { filled: this.#filled, values: this.#values && [...this.#values], amounts: this.#amounts }
  }
}

/** Gathers the facts of a file while its rows go by. */
export class FactsGatherer {
  readonly #columns: ColumnGatherer[] = []

  add(cells: readonly string[]): void {
    for (const [i, cell] of cells.entries()) (this.#columns[i] ??= new ColumnGatherer()).add(cell)
  }

  factsOf(headers: readonly string[]): FileFacts {
    return Object.fromEntries(
      headers.map((header, i) => [header, (this.#columns[i] ?? new ColumnGatherer()).facts]),
    )
  }
}

/** The facts of some rows, where those of the whole file are not at hand. */
export function factsOfRows(
  headers: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): FileFacts {
  const gatherer = new FactsGatherer()
  for (const row of rows) gatherer.add(headers.map((header) => row[header]?.trim() ?? ""))
  return gatherer.factsOf(headers)
}
