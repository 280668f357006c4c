"use client"

import { useTable, type RowSelectionState, type SortingState } from "@tanstack/react-table"
import { useMemo, useState } from "react"
import { definitionsOf, features, type Column, type ListTable } from "@/components/tables/columns"
import type { Choice } from "@/components/tables/use-choice"

/** The order of the server, and a function to change it. */
export type ServerSort = {
  by: string
  order: "asc" | "desc"
  onSort: (by: string, order: "asc" | "desc") => void
}
/** Ids of the selected rows on all pages. */
export type Selection = { ids: readonly string[]; onSelect: (ids: string[]) => void }

const none: never[] = []
type Updater<State> = State | ((before: State) => State)
const updated = <State extends object>(updater: Updater<State>, before: State): State =>
  typeof updater === "function" ? updater(before) : updater

/** The TanStack table of a list, with server-side sorting, hidden columns and selection. */
export function useListTable<Row extends object>({
  columns,
  rows,
  rowId,
  sort,
  selection,
  choice,
}: {
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  rowId: (row: Row) => string
  sort?: ServerSort | undefined
  selection?: Selection | undefined
  choice: Choice
}): ListTable<Row> {
  const isServerSorted = sort !== undefined
  const definitions = useMemo(() => definitionsOf(columns, isServerSorted), [columns, isServerSorted])
  const [ownSorting, setOwnSorting] = useState<SortingState>([])
  const sorting = sort ? [{ id: sort.by, desc: sort.order === "desc" }] : ownSorting
  const rowSelection: RowSelectionState = Object.fromEntries(
    (selection?.ids ?? []).map((id): [string, true] => [id, true]),
  )
  return useTable({
    features,
    columns: definitions,
    data: rows ?? none,
    getRowId: rowId,
    manualSorting: isServerSorted,
    enableSortingRemoval: !isServerSorted,
    sortDescFirst: false,
    enableMultiSort: false,
    enableRowSelection: selection !== undefined,
    state: {
      sorting,
      rowSelection,
      columnVisibility: Object.fromEntries(choice.hidden.map((id) => [id, false])),
    },
    onSortingChange: (updater) => {
      const next = updated(updater, sorting)
      const [first] = next
      if (!sort) setOwnSorting(next)
      else if (first) sort.onSort(first.id, first.desc ? "desc" : "asc")
    },
    onRowSelectionChange: (updater) => selection?.onSelect(Object.keys(updated(updater, rowSelection))),
  })
}
