"use client"

import type { Column } from "@/components/tables/columns"

/** A cell: the column's component, its value, or a dash. */
export function CellOf<Row extends object>({
  column: { cell: Cell, value },
  row,
  onOpen,
}: {
  column: Column<Row>
  row: Row
  onOpen?: ((row: Row) => void) | undefined
}) {
  if (Cell) return <Cell row={row} {...(onOpen ? { onOpen: () => onOpen(row) } : {})} />
  return String(value(row) ?? "—")
}
