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
/** What an exported text is made with: messages of every name space, and the reader's formats. */
export type Words = { t: ReturnType<typeof useTranslations>; format: ReturnType<typeof useFormatter> }

/** A column of a list. `id` is its name in the list's messages, and its `sort` in the API. */
export type Column<Row extends object> = {
  id: string
  /** What rows are sorted by where the whole list is here, and what an exported file says without `text`. */
  value: (row: Row) => Value
  /** A component. `onOpen` is given where the reader may open the row. */
  cell?: (props: { row: Row; onOpen?: () => void }) => ReactNode
  /** What an exported file says, in the reader's language. */
  text?: (row: Row, words: Words) => string | number | null
  /** Of a list that is read page by page: whether the server sorts by it. Of a whole list: false where order says nothing. */
  isSortable?: boolean
  /** Holds buttons: it is no part of an exported file. */
  isAction?: true
  /** Numbers stand to the right. */
  align?: "right"
  /** Left out where the window is narrow. */
  isForWide?: true
}

const collator = new Intl.Collator(undefined, { numeric: true })
const compare = (a: unknown, b: unknown): number =>
  typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b))

/** Rows without a value come last, in either direction. */
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
    // The first column says which row it is.
    enableHiding: i > 0,
  }))
