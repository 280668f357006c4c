"use client"

import { Group, Paper, Stack, Text } from "@mantine/core"
import type { ReactNode } from "react"
import type { Column, ListTable } from "@/components/tables/columns"
import { CellOf } from "@/components/tables/row-cell"
import { RowCheckbox } from "@/components/tables/row-checkbox"
import type { RowProps } from "@/components/tables/table-body"
import { PageCheckbox } from "@/components/tables/table-head"

type Props<Row extends object> = RowProps<Row> & {
  table: ListTable<Row>
  columns: readonly Column<Row>[]
  title: (id: string) => string
  hasSelection: boolean
  /** The list's own card, used instead of the columns. */
  card?: ((row: Row, checkbox: ReactNode) => ReactNode) | undefined
}

/** A list on narrow screens: one card for each row. */
export function TableCards<Row extends object>(props: Props<Row>) {
  const { table, hasSelection, nameOf, card, isDimmed } = props
  return (
    <Stack gap="xs" hiddenFrom="md">
      {hasSelection ? <PageCheckbox table={table} label /> : null}
      {table.getRowModel().rows.map((row) => {
        const checkbox = hasSelection ? <RowCheckbox row={row} name={nameOf(row.original)} /> : null
        return (
          <Paper
            key={row.id}
            component="article"
            aria-label={nameOf(row.original)}
            withBorder
            p="sm"
            {...(isDimmed?.(row.original) ? { c: "dimmed" } : {})}
          >
            {card ? card(row.original, checkbox) : <Card {...props} row={row.original} checkbox={checkbox} />}
          </Paper>
        )
      })}
    </Stack>
  )
}

/** The shown columns one below the other. The first one names the row. */
function Card<Row extends object>({
  table,
  columns,
  title,
  onOpen,
  row,
  checkbox,
}: Props<Row> & { row: Row; checkbox: ReactNode }) {
  const shown = columns.filter(
    ({ id, value, isLeftOutAtZero }) =>
      table.getColumn(id)?.getIsVisible() && !(isLeftOutAtZero && value(row) === 0),
  )
  const [head, ...others] = shown
  return (
    <>
      <Group gap="xs" align="flex-start" wrap="nowrap" style={{ overflowWrap: "anywhere" }}>
        {checkbox}
        {head ? <CellOf column={head} row={row} onOpen={onOpen} /> : null}
      </Group>
      <Stack component="dl" gap={6} mt="xs" mb={0}>
        {others.map((column) => (
          <Group key={column.id} justify="space-between" align="baseline" wrap="nowrap" gap="sm">
            <Text component="dt" size="xs" c="dimmed" maw="50%" style={{ flexShrink: 0 }}>
              {title(column.id)}
            </Text>
            <Text component="dd" size="sm" ta="right" m={0} style={{ overflowWrap: "anywhere" }}>
              <CellOf column={column} row={row} onOpen={onOpen} />
            </Text>
          </Group>
        ))}
      </Stack>
    </>
  )
}
