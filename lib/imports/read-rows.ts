import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { parse } from "csv-parse"
import iconv from "iconv-lite"
import type { Row } from "@/lib/imports/map-row"
import type { Profile } from "@/lib/imports/profile"

/** The rows of a CSV file by its header, in bounded memory; a byte order mark is skipped. */
export async function* readRows(file: string, { encoding, delimiter }: Profile): AsyncGenerator<Row> {
  const rows = createReadStream(file)
    .pipe(iconv.decodeStream(encoding))
    .pipe(parse({ columns: true, bom: true, delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true }))
  for await (const row of rows as AsyncIterable<Row>) yield row
}

/** What a file is known by, and how long it is. */
export async function fingerprint(file: string): Promise<{ hash: string; bytes: number }> {
  const hash = createHash("sha256")
  let bytes = 0
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { hash: hash.digest("hex"), bytes }
}
