import { ScrollArea, Table, type TableProps } from "@mantine/core"
import type { ReactNode } from "react"
import { cellStyle, rowHeadStyle } from "@/components/tables/cell-style"
import styles from "@/components/tables/simple-table.module.css"

/** The width that phones have for a table. */
const phoneWidth = 400

/** On phones, `isForWide` is hidden, and `isLeftOutAtZero` where there is nothing in the card of a row. */
type Head = {
  key: string
  title?: ReactNode
  align?: "right"
  isForWide?: true
  isLeftOutAtZero?: true
  width?: number | `${number}%`
}
/** In a row with fewer cells, the last cell spans the rest. */
type Row = { key: string; cells: readonly ReactNode[]; isDimmed?: boolean; isBad?: boolean }

const columnProps = (column: Head | undefined) => ({
  ...(column?.align ? { ta: column.align } : {}),
  ...(column?.isForWide ? ({ visibleFrom: "sm" } as const) : {}),
})

const isNothing = (cell: ReactNode) => typeof cell === "string" && /^(|—|0([.,]0+)?%?)$/.test(cell)

/** What the card of a row on phones needs to know of a cell. */
const cardProps = (column: Head | undefined, cell: ReactNode) => ({
  "data-name": typeof column?.title === "string" ? column.title : column?.key,
  ...(column?.isLeftOutAtZero && isNothing(cell) ? { "data-zero": true } : {}),
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

function TableRow({
  row: { cells, isDimmed, isBad },
  head = [],
  hasRowHeads,
}: {
  row: Row
  head: readonly Head[] | undefined
  hasRowHeads: boolean
}) {
  return (
    <Table.Tr {...(isDimmed ? { c: "dimmed" } : isBad ? { c: "red" } : {})}>
      {cells.map((cell, i) => {
        const isHead = hasRowHeads && i === 0
        const Cell = isHead ? Table.Th : Table.Td
        const span = i === cells.length - 1 ? head.length - i : 1
        return (
          // Cells have no id, so the key is their position.
          <Cell
            key={head[i]?.key ?? i}
            {...columnProps(head[i])}
            {...cardProps(head[i], cell)}
            {...(span > 1 ? { colSpan: span } : {})}
            {...(isHead ? { fw: 500, scope: "row" } : {})}
            style={isHead ? rowHeadStyle : cellStyle(head[i]?.align)}
          >
            {cell}
          </Cell>
        )
      })}
    </Table.Tr>
  )
}

/**
 * A small table in a card, or the table of a chart, without sorting or paging. If it is too wide for phones,
 * its rows are cards there. For lists, use `DataTable`.
 */
export function SimpleTable({
  label,
  head,
  rows,
  minWidth = 0,
  maxHeight,
  hasRowHeads = false,
  isMatrix = false,
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
  /** Whether rows are compared with each other. It then scrolls sideways on phones. */
  isMatrix?: boolean
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
        {...(isMatrix ? { "data-matrix": true } : {})}
        {...(minWidth > phoneWidth && !isMatrix ? { className: styles["cards"] } : {})}
        verticalSpacing={6}
        stickyHeader={maxHeight !== undefined}
        {...(label ? { "aria-label": label } : {})}
        {...table}
      >
        {head ? <TableHead head={head} hasRowHeads={hasRowHeads} /> : null}
        <Table.Tbody>
          {rows.map((row) => (
            <TableRow key={row.key} row={row} head={head} hasRowHeads={hasRowHeads} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
