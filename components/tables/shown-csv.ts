import { stringify } from "csv-stringify/browser/esm/sync"
import type { Column, Words } from "@/components/tables/columns"

/** Rows as a list shows them: the columns that are shown, in the reader's language. Spreadsheets know UTF-8 by its mark. */
export const shownCsv = <Row extends object>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  title: (id: string) => string,
  words: Words,
): string =>
  stringify(
    [
      columns.map(({ id }) => title(id)),
      ...rows.map((row) => columns.map(({ text, value }) => (text ? text(row, words) : value(row)))),
    ],
    { bom: true, escape_formulas: true, cast: { boolean: String } },
  )
