import { ScrollArea, Table, type TableProps } from "@mantine/core"
import type { ReactNode } from "react"
import { cellStyle, rowHeadStyle } from "@/components/tables/cell-style"

/** `isForWide`: hidden on phones. */
type Head = {
  key: string
  title?: ReactNode
  align?: "right"
  isForWide?: true
  width?: number | `${number}%`
}
/** In a row with fewer cells, the last cell spans the rest. */
type Row = { key: string; cells: readonly ReactNode[]; isDimmed?: boolean; isBad?: boolean }

const columnProps = (column: Head | undefined) => ({
  ...(column?.align ? { ta: column.align } : {}),
  ...(column?.isForWide ? ({ visibleFrom: "sm" } as const) : {}),
})

const TableHead = ({ head, hasRowHeads }: { head: readonly Head[]; hasRowHeads: boolean }) => (
  <Table.Thead>
    <Table.Tr>
      {head.map((column, i) => (
        <Table.Th
          key={column.key}
          {...columnProps(column)}
          {...(column.width ? { w: column.width } : {})}
          style={hasRowHeads && i === 0 ? rowHeadStyle : { overflowWrap: "break-word" }}
        >
          {column.title ?? column.key}
        </Table.Th>
      ))}
    </Table.Tr>
  </Table.Thead>
)

/**
 * A small table in a card, or the table of a chart, without sorting or paging. It scrolls sideways on narrow
 * pages. For lists, use `DataTable`.
 */
export function SimpleTable({
  label,
  head,
  rows,
  minWidth = 0,
  maxHeight,
  hasRowHeads = false,
  ...table
}: {
  label?: string
  /** Empty if the first column names the rows. */
  head?: readonly Head[]
  rows: readonly Row[]
  minWidth?: number
  /** The maximum height. Beyond it, the table scrolls below its head. */
  maxHeight?: number
  /** Whether the first cell of a row is a heading. */
  hasRowHeads?: boolean
} & Pick<
  TableProps,
  "striped" | "layout" | "fz" | "opacity" | "verticalSpacing" | "horizontalSpacing" | "withRowBorders"
>) {
  return (
    <ScrollArea.Autosize
      type="auto"
      offsetScrollbars="present"
      viewportProps={{ tabIndex: 0 }}
      {...(maxHeight ? { mah: maxHeight } : {})}
    >
      <Table
        miw={minWidth}
        verticalSpacing={6}
        stickyHeader={maxHeight !== undefined}
        {...(label ? { "aria-label": label } : {})}
        {...table}
      >
        {head ? <TableHead head={head} hasRowHeads={hasRowHeads} /> : null}
        <Table.Tbody>
          {rows.map(({ key, cells, isDimmed, isBad }) => (
            <Table.Tr key={key} {...(isDimmed ? { c: "dimmed" } : isBad ? { c: "red" } : {})}>
              {cells.map((cell, i) => {
                const isHead = hasRowHeads && i === 0
                const Cell = isHead ? Table.Th : Table.Td
                const span = i === cells.length - 1 ? (head?.length ?? 0) - i : 1
                return (
                  // Cells have no id, so the key is their position.
                  <Cell
                    key={head?.[i]?.key ?? i}
                    {...columnProps(head?.[i])}
                    {...(span > 1 ? { colSpan: span } : {})}
                    {...(isHead ? { fw: 500, scope: "row" } : {})}
                    style={isHead ? rowHeadStyle : cellStyle(head?.[i]?.align)}
                  >
                    {cell}
                  </Cell>
                )
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
