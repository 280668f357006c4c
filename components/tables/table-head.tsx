"use client"

import { Checkbox, Table, UnstyledButton } from "@mantine/core"
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import type { Column, ListTable } from "@/components/tables/columns"

const orders = { asc: "ascending", desc: "descending" } as const
const arrows = { asc: IconArrowUp, desc: IconArrowDown } as const

/** Selects or deselects all shown rows. */
export function PageCheckbox<Row extends object>({ table, label }: { table: ListTable<Row>; label?: true }) {
  const t = useTranslations("list")
  const text = t("selectPage")
  return (
    <Checkbox
      size="xs"
      checked={table.getIsAllPageRowsSelected()}
      indeterminate={table.getIsSomePageRowsSelected() && !table.getIsAllPageRowsSelected()}
      onChange={(event) => table.toggleAllPageRowsSelected(event.currentTarget.checked)}
      {...(label ? { label: text, px: "sm" } : { "aria-label": text })}
    />
  )
}

/** Hides a column in narrow windows. */
export const widthOf = <Row extends object>(column: Column<Row> | undefined) =>
  column?.isForWide ? ({ visibleFrom: "xl" } as const) : {}

export function TableHead<Row extends object>({
  table,
  columnOf,
  title,
  hasSelection,
}: {
  table: ListTable<Row>
  columnOf: (id: string) => Column<Row> | undefined
  title: (id: string) => string
  hasSelection: boolean
}) {
  return (
    <Table.Thead>
      <Table.Tr>
        {hasSelection ? (
          <Table.Th w={36}>
            <PageCheckbox table={table} />
          </Table.Th>
        ) : null}
        {table.getVisibleLeafColumns().map((shown) => {
          const sorted = shown.getIsSorted()
          const Arrow = sorted ? arrows[sorted] : null
          const column = columnOf(shown.id)
          return (
            <Table.Th
              key={shown.id}
              {...widthOf(column)}
              {...(column?.align ? { ta: column.align } : {})}
              {...(sorted ? { "aria-sort": orders[sorted] } : {})}
            >
              {shown.getCanSort() ? (
                <UnstyledButton
                  fz="sm"
                  fw={700}
                  ta={column?.align ?? "left"}
                  onClick={() => shown.toggleSorting()}
                >
                  {title(shown.id)}
                  {Arrow ? (
                    // A character of no width that allows no break keeps the arrow with the last word.
                    <span style={{ whiteSpace: "nowrap" }}>
                      &#8288;
                      <Arrow size={14} aria-hidden style={{ verticalAlign: "-2px" }} />
                    </span>
                  ) : null}
                </UnstyledButton>
              ) : (
                title(shown.id)
              )}
            </Table.Th>
          )
        })}
      </Table.Tr>
    </Table.Thead>
  )
}
