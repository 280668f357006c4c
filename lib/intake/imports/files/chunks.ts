import { promisify } from "node:util"
import { gunzip, gzip } from "node:zlib"
import type { KeptRow } from "@/lib/intake/imports/files/file-row"
import type { Row } from "@/lib/intake/imports/mapping/row"

/** The number of rows in a chunk. A chunk is stored, recorded and resumed as a unit. */
export const rowsAChunk = 1_000
export const longestChunk = 4 * 1024 * 1024

/**
 * A row as a line of a chunk: its cells, then its position in the file. If the number of cells differs from
 * the number of columns, the number and the extra cells follow.
 */
export function chunkLine({ line, hash, cardRef, cells, cellCount }: KeptRow, columns: number): string {
  const misfit = cellCount === undefined ? [] : [String(cellCount), ...cells.slice(columns)]
  return `${JSON.stringify([hash, cardRef, ...cells.slice(0, columns), String(line), ...misfit])}\n`
}

export const packChunk = (lines: readonly string[]): Promise<Buffer> => promisify(gzip)(lines.join(""))

export async function unpackChunk(
  bytes: Buffer,
  headers: readonly string[],
  firstRow: number,
): Promise<Row[]> {
  const text = (await promisify(gunzip)(bytes)).toString("utf8")
  return text
    .trimEnd()
    .split("\n")
    .map((kept, i) => {
      const [hash, cardRef, ...cells] = JSON.parse(kept) as [string, string | null, ...string[]]
      // If a chunk has no positions, the header is the file's first line and no line is empty.
      const line = Number(cells[headers.length] ?? firstRow + i + 2)
      const cellCount = cells[headers.length + 1]
      const beyond = cells.slice(headers.length + 2)
      const named = [
        ...headers.map((header, column) => [header, cells[column] ?? ""]),
        ...beyond.map((cell, column) => [`column ${headers.length + column + 1}`, cell]),
      ]
      return {
        hash,
        cardRef,
        number: firstRow + i,
        line,
        cells: Object.fromEntries(named) as Record<string, string>,
        ...(cellCount === undefined ? {} : { misfit: { cells: Number(cellCount), columns: headers.length } }),
      }
    })
}
