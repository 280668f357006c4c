import { ScrollArea, Table, type TableProps } from "@mantine/core"
import type { ReactNode } from "react"

type Head = { key: string; title?: ReactNode; align?: "right"; width?: number }
/** The last cell of a row with fewer cells takes the rest of its width. */
type Row = { key: string; cells: readonly ReactNode[]; isDimmed?: boolean; isBad?: boolean }

/**
 * A small table inside a card, or the twin of a chart: nothing to sort, choose or page. It scrolls within itself
 * where the page is narrow. `DataTable` is for lists.
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
  /** None where the first column says what stands beside it. */
  head?: readonly Head[]
  rows: readonly Row[]
  minWidth?: number
  /** The table scrolls beyond it, and its head stays. */
  maxHeight?: number
  /** Whether the first cell of a row is its heading. */
  hasRowHeads?: boolean
} & Pick<TableProps, "striped" | "layout" | "fz" | "opacity" | "verticalSpacing" | "withRowBorders">) {
  const column = (i: number) => (head?.[i]?.align ? { ta: head[i].align } : {})
  return (
    <ScrollArea.Autosize
      type="auto"
      offsetScrollbars="present"
      tabIndex={0}
      {...(maxHeight ? { mah: maxHeight } : {})}
    >
      <Table
        miw={minWidth}
        verticalSpacing={6}
        stickyHeader={maxHeight !== undefined}
        {...(label ? { "aria-label": label } : {})}
        {...table}
      >
        {head ? (
          <Table.Thead>
            <Table.Tr>
              {head.map(({ key, title = key, width }, i) => (
                <Table.Th key={key} {...column(i)} {...(width ? { w: width } : {})}>
                  {title}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
        ) : null}
        <Table.Tbody>
          {rows.map(({ key, cells, isDimmed, isBad }) => (
            <Table.Tr key={key} {...(isDimmed ? { c: "dimmed" } : isBad ? { c: "red" } : {})}>
              {cells.map((cell, i) => {
                const isHead = hasRowHeads && i === 0
                const Cell = isHead ? Table.Th : Table.Td
                const span = i === cells.length - 1 ? (head?.length ?? 0) - i : 1
                return (
                  // A cell has no other name than its place.
                  <Cell
                    key={head?.[i]?.key ?? i}
                    {...column(i)}
                    {...(span > 1 ? { colSpan: span } : {})}
                    {...(isHead ? { fw: 500, scope: "row" } : {})}
                    style={{ overflowWrap: "anywhere" }}
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
