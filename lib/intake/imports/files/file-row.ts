import { AppError } from "@/lib/base/errors"
import type { Encoding, FileFormat } from "@/lib/intake/imports/words"

/** A file with more columns is rejected. */
export const mostColumns = 500

/**
 * A row of a file. `line` is the row number that a spreadsheet shows. An editor shows the same if no cell has
 * a line break.
 */
export type FileRow = { line: number; cells: string[] }

/** In characters. Checking a longer row for card numbers would block other requests. */
export const longestRow = 64 * 1024

export const longRow = (line: number) =>
  new AppError("too_large", `Row ${line} is longer than 64 KiB: check its quotes and line breaks.`)

/** What was detected while a file was read. */
export type Found = {
  format: FileFormat
  encoding: Encoding | null
  delimiter: string | null
  headers: string[]
  /** The line with the column names; null if there is none. */
  headerRow: number | null
}

/** A row to store. It contains no whole card number. */
export type KeptRow = FileRow & {
  cardRef: string | null
  hash: string
  /** The number of cells, if it differs from the number of columns. Extra cells come last. */
  cellCount?: number
}
