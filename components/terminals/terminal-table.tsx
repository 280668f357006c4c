"use client"

import { Anchor, Badge, Checkbox, Group, Paper, Stack, Table, Text, UnstyledButton } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import type { ChangeEvent, ReactNode } from "react"
import { Day } from "@/components/catalogue/day"
import { ClockBadge } from "@/components/terminals/clock-badge"
import { LabelBadges } from "@/components/terminals/label-badges"
import { StateBadge, StatusBadge } from "@/components/ui/badges"
import { Rate } from "@/components/ui/rate"
import { TimeAgo } from "@/components/ui/time-ago"
import { paths } from "@/lib/base/paths"
import type { TerminalRow } from "@/lib/fleet/terminals/schemas"
import type { TerminalSort } from "@/lib/fleet/terminals/words"

type Props = {
  rows: TerminalRow[]
  sort: TerminalSort
  order: "asc" | "desc"
  onSort: (sort: TerminalSort) => void
  selected: ReadonlySet<number>
  onSelect: (ids: number[], isSelected: boolean) => void
}

type Column = { name: string; sort?: TerminalSort; cell: (row: TerminalRow) => ReactNode; visibleFrom?: "xl" }

const serial = (row: TerminalRow) => (
  <Stack gap={0}>
    <Anchor component={Link} href={paths.terminal(row.id)} size="sm" fw={600}>
      {row.serial}
    </Anchor>
    <Text size="xs" c="dimmed">
      {row.tid}
    </Text>
    <LabelBadges labels={row.labels} />
  </Stack>
)
/** Whose something is, below it. */
const withOwner = (name: string | null, owner: string | null) => (
  <Stack gap={0}>
    <Text size="sm">{name}</Text>
    <Text size="xs" c="dimmed">
      {owner}
    </Text>
  </Stack>
)
const state = (row: TerminalRow) => (
  <Stack gap={4} align="flex-start">
    {row.status === "active" ? <StateBadge state={row.onlineState} /> : <StatusBadge status={row.status} />}
    <ClockBadge offsetMs={row.clockOffsetMs} />
  </Stack>
)
const flags = (row: TerminalRow) =>
  row.openFlags > 0 ? (
    <Badge color="red" variant="light">
      {row.openFlags}
    </Badge>
  ) : null

/** What a narrow window can do without. */
const widthOf = ({ visibleFrom }: Column) => (visibleFrom ? { visibleFrom } : {})

const columns: Column[] = [
  { name: "serial", sort: "serial", cell: serial },
  { name: "store", sort: "store", cell: (row) => withOwner(row.store.name, row.merchant) },
  { name: "model", cell: (row) => withOwner(row.model, row.supplier) },
  {
    name: "warranty",
    cell: (row) => (
      <Text size="sm" component="div">
        <Day on={row.warrantyUntil} isOver={row.isWarrantyOver} />
      </Text>
    ),
    visibleFrom: "xl",
  },
  { name: "state", cell: state },
  {
    name: "lastBeat",
    sort: "lastBeat",
    cell: (row) => <Text size="sm">{row.lastBeatAt ? <TimeAgo at={row.lastBeatAt} /> : "—"}</Text>,
  },
  { name: "app", cell: (row) => <Text size="sm">{row.app ?? "—"}</Text> },
  { name: "rate", sort: "rate", cell: (row) => <Rate failures={row.failures} attempts={row.attempts} /> },
  { name: "flags", sort: "flags", cell: flags },
]

/** Terminals as a table, or as cards where the screen is narrow. */
export function TerminalTable({ rows, sort, order, onSort, selected, onSelect }: Props) {
  const t = useTranslations("terminals.columns")
  const tLife = useTranslations("life")
  const shown = rows.map(({ id }) => id)
  const count = shown.filter((id) => selected.has(id)).length
  const ofPage = {
    size: "xs",
    checked: count === shown.length,
    indeterminate: count > 0 && count < shown.length,
    onChange: (event: ChangeEvent<HTMLInputElement>) => onSelect(shown, event.currentTarget.checked),
  }
  const checkbox = (row: TerminalRow) => (
    <Checkbox
      size="xs"
      checked={selected.has(row.id)}
      onChange={(event) => onSelect([row.id], event.currentTarget.checked)}
      aria-label={tLife("select", { serial: row.serial })}
    />
  )
  const arrow = (column: Column) => (column.sort === sort ? (order === "asc" ? " ↑" : " ↓") : "")
  return (
    <>
      <Paper withBorder visibleFrom="md">
        <Table verticalSpacing="xs" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={36}>
                <Checkbox {...ofPage} aria-label={tLife("selectPage")} />
              </Table.Th>
              {columns.map((column) => (
                <Table.Th
                  key={column.name}
                  {...widthOf(column)}
                  aria-sort={
                    column.sort === sort ? (order === "asc" ? "ascending" : "descending") : undefined
                  }
                >
                  {column.sort ? (
                    <UnstyledButton fz="sm" fw={700} onClick={() => column.sort && onSort(column.sort)}>
                      {t(column.name)}
                      {arrow(column)}
                    </UnstyledButton>
                  ) : (
                    t(column.name)
                  )}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr
                key={row.id}
                {...(selected.has(row.id) ? { bg: "var(--mantine-primary-color-light)" } : {})}
              >
                <Table.Td>{checkbox(row)}</Table.Td>
                {columns.map((column) => (
                  <Table.Td key={column.name} {...widthOf(column)}>
                    {column.cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      <Stack gap="xs" hiddenFrom="md">
        <Checkbox {...ofPage} label={tLife("selectPage")} px="sm" />
        {rows.map((row) => (
          <Paper key={row.id} withBorder p="sm">
            <Group justify="space-between" align="flex-start" wrap="nowrap">
              <Group gap="xs" align="flex-start" wrap="nowrap" miw={0}>
                {checkbox(row)}
                {serial(row)}
              </Group>
              {state(row)}
            </Group>
            <Group justify="space-between" mt={6} wrap="nowrap">
              {withOwner(row.store.name, row.merchant)}
              <Group gap={6} wrap="nowrap">
                <Rate failures={row.failures} attempts={row.attempts} />
                {flags(row)}
              </Group>
            </Group>
          </Paper>
        ))}
      </Stack>
    </>
  )
}
