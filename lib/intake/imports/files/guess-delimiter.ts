import { parse } from "csv-parse/sync"
import { knownNames } from "@/lib/intake/imports/files/find-header"
import { delimiters } from "@/lib/intake/imports/words"

const rowsLookedAt = 500
/** The header is among these first rows. */
const mostTitleRows = 50

/** How well a delimiter fits a text, the most important measure first. */
export type Fit = { names: number; share: number; columns: number }

const noFit: Fit = { names: 0, share: 0, columns: 1 }

/** The most important measure decides. */
export const byFit = (a: Fit, b: Fit): number =>
  b.names - a.names || b.share - a.share || b.columns - a.columns

/** The number of cells that most rows have; of two such numbers the larger one. */
const mostCommon = (counts: [cells: number, rows: number][]): [cells: number, rows: number] | undefined =>
  counts.toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]

/** Counts rows by their number of cells. */
export class Widths {
  readonly #counts = new Map<number, number>()
  #rows = 0

  add(cells: number): void {
    this.#rows += 1
    this.#counts.set(cells, (this.#counts.get(cells) ?? 0) + 1)
  }

  /** Whether all rows have the same number of cells. */
  get isEven(): boolean {
    return this.#counts.size <= 1
  }

  /** The most common number of cells. */
  get mostCommon(): number {
    return mostCommon([...this.#counts])?.[0] ?? 0
  }

  /** The most common number of cells, and the share of rows that have it. Rows of one cell do not count. */
  get usual(): { columns: number; share: number } {
    const [columns, count] = mostCommon([...this.#counts].filter(([cells]) => cells > 1)) ?? [1, 0]
    return { columns, share: this.#rows === 0 ? 0 : count / this.#rows }
  }
}

function fitOf(sample: string, delimiter: string, wanted: ReadonlySet<string>): Fit {
  const rows: string[][] = parse(sample, {
    bom: true,
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    to: rowsLookedAt,
  })
  const widths = new Widths()
  for (const { length } of rows) widths.add(length)
  const names = Math.max(
    0,
    ...rows
      .slice(0, mostTitleRows)
      .filter(({ length }) => length > 1)
      .map((cells) => knownNames(cells, wanted)),
  )
  return { names, ...widths.usual }
}

function fit(sample: string, delimiter: string, wanted: ReadonlySet<string>): Fit {
  if (!sample.includes(delimiter)) return noFit
  try {
    return fitOf(sample, delimiter, wanted)
  } catch {
    return noFit
  }
}

/** Without the last row, which the sample may cut off. */
const wholeRows = (sample: string): string => {
  const end = sample.lastIndexOf("\n")
  return end > 0 ? sample.slice(0, end + 1) : sample
}

export type Guess = {
  delimiter: string
  columns: number
  /** Other delimiters that show as many column names. The rows of the whole file decide between them. */
  rivals: string[]
}

/**
 * The delimiter that gives the most column names, then the most rows with the same number of cells, then the
 * most cells.
 */
export function guessDelimiter(
  sample: string,
  { isWhole, wanted = new Set() }: { isWhole: boolean; wanted?: ReadonlySet<string> },
): Guess {
  const rows = isWhole ? sample : wholeRows(sample)
  const fits = delimiters.map((delimiter) => ({ delimiter, ...fit(rows, delimiter, wanted) }))
  const [best, ...others] = fits.toSorted(byFit)
  const rivals = others.filter(({ names, columns }) => names === best?.names && columns > 1)
  return {
    delimiter: best?.delimiter ?? ",",
    columns: best?.columns ?? 1,
    rivals: isWhole ? [] : rivals.map(({ delimiter }) => delimiter),
  }
}
