import { parse } from "csv-parse/sync"
import { knownNames } from "@/lib/intake/imports/files/find-header"
import { delimiters } from "@/lib/intake/imports/words"

const rowsLookedAt = 500
/** The header is among these first rows. */
const mostTitleRows = 50

/** How well a delimiter fits a text, the most important measure first. */
type Fit = { names: number; share: number; columns: number }

function fitOf(sample: string, delimiter: string, wanted: ReadonlySet<string>): Fit {
  const rows: string[][] = parse(sample, {
    bom: true,
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    to: rowsLookedAt,
  })
  const counts = new Map<number, number>()
  for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [columns, count] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
  const names = Math.max(
    0,
    ...rows
      .slice(0, mostTitleRows)
      .filter(({ length }) => length > 1)
      .map((cells) => knownNames(cells, wanted)),
  )
  return { names, share: rows.length === 0 ? 0 : count / rows.length, columns }
}

const noFit: Fit = { names: 0, share: 0, columns: 1 }

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

export type Guess = { delimiter: string; columns: number }

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
  const [best] = fits.toSorted((a, b) => b.names - a.names || b.share - a.share || b.columns - a.columns)
  return { delimiter: best?.delimiter ?? ",", columns: best?.columns ?? 1 }
}
