import { pipeline, Readable } from "node:stream"
import { parse } from "csv-parse"
import type { FileRow } from "@/lib/intake/imports/files/file-row"

/** The rows of a workbook from its stored source. */
export async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<FileRow> {
  const parser = parse({ delimiter: ",", record_delimiter: "\n", relax_column_count: true })
  // An error of either stream is thrown where the rows are read.
  pipeline(Readable.from(source), parser, () => undefined)
  let line = 0
  for await (const cells of parser as AsyncIterable<string[]>) {
    line += 1
    if (cells.length > 1 || cells[0] !== "") yield { line, cells }
  }
}
