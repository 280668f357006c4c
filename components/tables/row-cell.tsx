"use client"

import type { Column } from "@/components/tables/columns"

/** A column's cell of a row: its component, or its value; a dash where there is none. */
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
