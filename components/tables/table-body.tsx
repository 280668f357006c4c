"use client"

import { Table } from "@mantine/core"
import { cellStyle } from "@/components/tables/cell-style"
import type { Column, ListTable } from "@/components/tables/columns"
import { CellOf } from "@/components/tables/row-cell"
import { RowCheckbox } from "@/components/tables/row-checkbox"
import { widthOf } from "@/components/tables/table-head"

export type RowProps<Row extends object> = {
  /** The name of a row for its checkbox. */
  nameOf: (row: Row) => string
  onOpen?: ((row: Row) => void) | undefined
  /** Whether the row is grey. */
  isDimmed?: ((row: Row) => boolean) | undefined
}

export function TableBody<Row extends object>({
  table,
  columnOf,
  hasSelection,
  nameOf,
  onOpen,
  isDimmed,
}: RowProps<Row> & {
  table: ListTable<Row>
  columnOf: (id: string) => Column<Row> | undefined
  hasSelection: boolean
}) {
  return (
    <Table.Tbody>
      {table.getRowModel().rows.map((row) => (
        <Table.Tr
          key={row.id}
          {...(row.getIsSelected() ? { bg: "var(--mantine-primary-color-light)" } : {})}
          {...(isDimmed?.(row.original) ? { c: "dimmed" } : {})}
        >
          {hasSelection ? (
            <Table.Td>
              <RowCheckbox row={row} name={nameOf(row.original)} />
            </Table.Td>
          ) : null}
          {row.getVisibleCells().map((cell) => {
            const column = columnOf(cell.column.id)
            return (
              <Table.Td
                key={cell.id}
                {...widthOf(column)}
                {...(column?.align ? { ta: column.align } : {})}
                style={cellStyle(column?.align)}
              >
                {column ? <CellOf column={column} row={row.original} onOpen={onOpen} /> : null}
              </Table.Td>
            )
          })}
        </Table.Tr>
      ))}
    </Table.Tbody>
  )
}
