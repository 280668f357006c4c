import { pipeline, Readable } from "node:stream"
import { parse } from "csv-parse"
import { AppError } from "@/lib/base/errors"
import { decodeText } from "@/lib/intake/imports/files/decode-text"
import type { FileRow } from "@/lib/intake/imports/files/file-row"
import type { Encoding } from "@/lib/intake/imports/words"

const sampleLength = 64 * 1024
const longestRow = 256 * 1024
const delimiters = [",", ";", "\t", "|"] as const

/** The character that parts the cells: of those that every line has about as often, the most frequent. */
export function guessDelimiter(sample: string): string {
  const lines = sample
    .replaceAll(/"(?:[^"]|"")*"/g, "")
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, 50)
  const typical = (delimiter: string) =>
    lines.map((line) => line.split(delimiter).length - 1).toSorted((a, b) => a - b)[
      Math.floor(lines.length / 2)
    ] ?? 0
  return delimiters.toSorted((a, b) => typical(b) - typical(a))[0] ?? ","
}

type Options = {
  encoding?: Encoding | undefined
  delimiter?: string | undefined
  onFound: (found: { encoding?: Encoding; delimiter?: string }) => void
}

/** The rows of a CSV file as lists of cells, in bounded memory; empty lines are counted and left out. */
export async function* readCsv(
  body: AsyncIterable<Uint8Array>,
  { encoding, delimiter, onFound }: Options,
): AsyncGenerator<FileRow> {
  const text = decodeText(body, { encoding, onEncoding: (found) => onFound({ encoding: found }) })[
    Symbol.asyncIterator
  ]()
  let sample = ""
  while (sample.length < sampleLength) {
    const { value, done } = await text.next()
    if (done) break
    sample += value
  }
  const chosen = delimiter ?? guessDelimiter(sample)
  onFound({ delimiter: chosen })
  const parser = parse({
    bom: true,
    delimiter: chosen,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: longestRow,
  })
  // An error of either end is thrown where the rows are read.
  pipeline(Readable.from(withFirst(sample, text)), parser, () => undefined)
  try {
    let line = 0
    for await (const cells of parser as AsyncIterable<string[]>) {
      line += 1
      if (cells.length > 1 || cells[0] !== "") yield { line, cells }
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("CSV_")) {
      throw new AppError("invalid", "The CSV cannot be read: check its quotes and separators.")
    }
    throw error
  }
}

async function* withFirst(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first !== "") yield first
  for await (const text of rest) if (text !== "") yield text
}
