import { pipeline, Readable } from "node:stream"
import { parse } from "csv-parse"
import { AppError } from "@/lib/base/errors"
import { decodeText } from "@/lib/intake/imports/files/decode-text"
import { longestRow, longRow, type FileRow } from "@/lib/intake/imports/files/file-row"
import { byFit, guessDelimiter, Widths } from "@/lib/intake/imports/files/guess-delimiter"
import { noTable } from "@/lib/intake/imports/files/no-table"
import type { Encoding } from "@/lib/intake/imports/words"

const sampleLength = 64 * 1024

type Options = {
  encoding?: Encoding | undefined
  delimiter?: string | undefined
  /** Column names to look for besides the usual ones, normalised by `headerKey`. */
  wanted?: ReadonlySet<string>
  onFound: (found: { encoding?: Encoding; delimiter?: string }) => void
  /** Told of other delimiters that fit the beginning of the file as well. */
  onRivals?: (delimiters: string[]) => void
}

/** The rows of a CSV file as lists of cells, in bounded memory. Empty lines are counted and left out. */
export async function* readCsv(
  body: AsyncIterable<Uint8Array>,
  { encoding, delimiter, wanted = new Set(), onFound, onRivals }: Options,
): AsyncGenerator<FileRow> {
  const text = decodeText(body, { encoding, onEncoding: (found) => onFound({ encoding: found }) })[
    Symbol.asyncIterator
  ]()
  let sample = ""
  let isWhole = false
  while (sample.length < sampleLength && !isWhole) {
    const { value, done } = await text.next()
    isWhole = done ?? false
    sample += value ?? ""
  }
  const guess = guessDelimiter(sample, { isWhole, wanted })
  const chosen = delimiter ?? guess.delimiter
  const refusal = noTable(sample, delimiter === undefined ? guess.columns : 2)
  if (refusal !== null) throw new AppError("unsupported_media", refusal)
  onFound({ delimiter: chosen })
  if (delimiter === undefined) onRivals?.(guess.rivals)
  const parser = csvParser(chosen)
  // An error of either stream is thrown where the rows are read.
  pipeline(Readable.from(withFirst(sample, text)), parser, () => undefined)
  let line = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      line += 1
      if (cells.length > 1 || cells[0] !== "") yield { line, cells }
    }
  } catch (error) {
    throw readingError(error, line + 1)
  }
}

const csvParser = (delimiter: string) =>
  parse({
    bom: true,
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: longestRow,
  })

type Judged = { delimiter: string; columns: number; share: number }

/** Of several delimiters, the one that gives the most rows of the whole file the same number of cells. */
export async function judgeDelimiters(
  open: () => AsyncIterable<Uint8Array>,
  delimiters: readonly string[],
  encoding: Encoding,
): Promise<string | undefined> {
  const judged: Judged[] = []
  for (const delimiter of delimiters) {
    const widths = new Widths()
    const parser = csvParser(delimiter)
    const text = decodeText(open(), { encoding, onEncoding: () => undefined })
    pipeline(Readable.from(withFirst("", text)), parser, () => undefined)
    try {
      for await (const { length } of parser as AsyncIterable<string[]>) if (length > 0) widths.add(length)
      judged.push({ delimiter, ...widths.usual })
    } catch (error) {
      if (readingError(error, 0) === error) throw error
    }
  }
  return judged.toSorted((a, b) => byFit({ names: 0, ...a }, { names: 0, ...b }))[0]?.delimiter
}

async function* withFirst(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first !== "") yield first
  for await (const text of rest) if (text !== "") yield text
}

function readingError(error: unknown, line: number): unknown {
  if (!(error instanceof Error) || !("code" in error) || !String(error.code).startsWith("CSV_")) return error
  if (error.code === "CSV_MAX_RECORD_SIZE") return longRow(line)
  return new AppError(
    "invalid",
    error.code === "CSV_QUOTE_NOT_CLOSED"
      ? "The CSV cannot be read to its end: a quote is opened and never closed."
      : "The CSV cannot be read: check its quotes and separators.",
  )
}
