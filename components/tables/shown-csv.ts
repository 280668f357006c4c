import { stringify } from "csv-stringify/browser/esm/sync"
import type { Column, ReaderFormat } from "@/components/tables/columns"

/** Rows as CSV with the shown columns, in the reader's language. Spreadsheets need the byte order mark. */
export const shownCsv = <Row extends object>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  title: (id: string) => string,
  words: ReaderFormat,
): string =>
  stringify(
    [
      columns.map(({ id }) => title(id)),
      ...rows.map((row) => columns.map(({ text, value }) => (text ? text(row, words) : value(row)))),
    ],
    { bom: true, escape_formulas: true, cast: { boolean: String } },
  )
