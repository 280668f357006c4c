import { pipeline, Readable } from "node:stream"
import { parse } from "csv-parse"
import { AppError } from "@/lib/base/errors"
import { decodeText } from "@/lib/intake/imports/files/decode-text"
import { longestRow, longRow, type FileRow } from "@/lib/intake/imports/files/file-row"
import { guessDelimiter } from "@/lib/intake/imports/files/guess-delimiter"
import { noTable } from "@/lib/intake/imports/files/no-table"
import type { Encoding } from "@/lib/intake/imports/words"

const sampleLength = 64 * 1024

type Options = {
  encoding?: Encoding | undefined
  delimiter?: string | undefined
  /** Column names to look for besides the usual ones, normalised by `headerKey`. */
  wanted?: ReadonlySet<string>
  onFound: (found: { encoding?: Encoding; delimiter?: string }) => void
}

/** The rows of a CSV file as lists of cells, in bounded memory. Empty lines are counted and left out. */
export async function* readCsv(
  body: AsyncIterable<Uint8Array>,
  { encoding, delimiter, wanted = new Set(), onFound }: Options,
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
  const parser = parse({
    bom: true,
    delimiter: chosen,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: longestRow,
  })
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
