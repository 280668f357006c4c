import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  type ColumnDef,
  type ReactTable,
} from "@tanstack/react-table"
import type { useFormatter, useTranslations } from "next-intl"
import type { ReactNode } from "react"

export const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
})
type Features = typeof features
export type ListTable<Row extends object> = ReactTable<Features, Row>

type Value = string | number | boolean | null
/** Messages and formats of the reader, to write exported texts. */
export type ReaderFormat = { t: ReturnType<typeof useTranslations>; format: ReturnType<typeof useFormatter> }

/** A column of a list. `id` is its key in the list's messages, and its `sort` in the API. */
export type Column<Row extends object> = {
  id: string
  /** The value to sort by in the browser, and to export without `text`. */
  value: (row: Row) => Value
  /** A component. It gets `onOpen` if the user may open the row. */
  cell?: (props: { row: Row; onOpen?: () => void }) => ReactNode
  /** The exported text, in the reader's language. */
  text?: (row: Row, words: ReaderFormat) => string | number | null
  /** In a paged list, whether the server sorts by it. In a whole list, false if sorting makes no sense. */
  isSortable?: boolean
  /** The column has buttons and is not exported. */
  isAction?: true
  /** Numbers are aligned right. */
  align?: "right"
  /** Hidden in narrow windows. */
  isForWide?: true
  /** Left out of a card if it is 0. */
  isLeftOutAtZero?: true
}

const collator = new Intl.Collator(undefined, { numeric: true })
const compare = (a: unknown, b: unknown): number =>
  typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b))

/** Compares values. Rows without a value come last in both directions. */
export const definitionsOf = <Row extends object>(
  columns: readonly Column<Row>[],
  isServerSorted: boolean,
): ColumnDef<Features, Row>[] =>
  columns.map(({ id, value, isSortable }, i) => ({
    id,
    accessorFn: (row: Row) => value(row) ?? undefined,
    sortUndefined: "last",
    sortFn: (a, b, name) => compare(a.getValue(name), b.getValue(name)),
    enableSorting: isServerSorted ? isSortable === true : isSortable !== false,
    // The first column names the row.
    enableHiding: i > 0,
  }))
