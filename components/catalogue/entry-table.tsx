import { Table } from "@mantine/core"
import type { ReactNode } from "react"

/** A table that scrolls sideways on narrow pages, with a visible scroll bar. */
export function EntryTable({
  label,
  head,
  minWidth = 560,
  children,
}: {
  label: string
  head: readonly string[]
  minWidth?: number
  children: ReactNode
}) {
  return (
    <Table.ScrollContainer
      minWidth={minWidth}
      scrollAreaProps={{ type: "auto", offsetScrollbars: "present" }}
    >
      <Table aria-label={label} highlightOnHover verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {head.map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
