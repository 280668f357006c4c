"use client"

import { Anchor, Badge, Group, Stack, Text } from "@mantine/core"
import Link from "next/link"
import type { ReactNode } from "react"
import { Day } from "@/components/catalogue/day"
import type { Column } from "@/components/tables/columns"
import { ClockBadge } from "@/components/terminals/clock-badge"
import { LabelBadges } from "@/components/terminals/label-badges"
import { MaintenanceBadge, StateBadge, StatusBadge } from "@/components/ui/badges"
import { Rate } from "@/components/ui/rate"
import { StoreName, storeNameWith } from "@/components/ui/store-name"
import { TimeAgo } from "@/components/ui/time-ago"
import { paths } from "@/lib/base/paths"
import type { TerminalRow } from "@/lib/fleet/terminals/schemas"

type Cell = { row: TerminalRow }

const Serial = ({ row }: Cell) => (
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
/** A value with its owner below. */
const WithOwner = ({ name, owner }: { name: ReactNode; owner: string | null }) => (
  <Stack gap={0}>
    <Text size="sm">{name}</Text>
    <Text size="xs" c="dimmed">
      {owner}
    </Text>
  </Stack>
)
const Store = ({ row }: Cell) => <WithOwner name={<StoreName name={row.store.name} />} owner={row.merchant} />
const State = ({ row }: Cell) => (
  <Stack gap={4} align="flex-start">
    {row.status === "active" ? <StateBadge state={row.onlineState} /> : <StatusBadge status={row.status} />}
    {row.isInMaintenance ? <MaintenanceBadge /> : null}
    <ClockBadge offsetMs={row.clockOffsetMs} />
  </Stack>
)
const Flags = ({ row }: Cell) =>
  row.openFlags > 0 ? (
    <Badge color="red" variant="light">
      {row.openFlags}
    </Badge>
  ) : null

const named = (name: string | null, owner: string | null) => [name, owner].filter(Boolean).join(" · ")

export const terminalColumns: Column<TerminalRow>[] = [
  { id: "serial", value: ({ serial }) => serial, cell: Serial, isSortable: true },
  {
    id: "store",
    value: ({ store, merchant }) => named(store.name, merchant),
    text: ({ store, merchant }, { t }) => named(storeNameWith(store.name, t), merchant),
    cell: Store,
    isSortable: true,
  },
  {
    id: "model",
    value: ({ model, supplier }) => named(model, supplier),
    cell: ({ row }) => <WithOwner name={row.model} owner={row.supplier} />,
  },
  {
    id: "warranty",
    value: ({ warrantyUntil }) => warrantyUntil,
    cell: ({ row }) => (
      <Text size="sm" component="div">
        <Day on={row.warrantyUntil} isOver={row.isWarrantyOver} />
      </Text>
    ),
    isForWide: true,
  },
  {
    id: "state",
    value: ({ status, onlineState }) => (status === "active" ? onlineState : status),
    text: ({ status, onlineState }, { t }) =>
      status === "active" ? t(`states.${onlineState}`) : t(`terminalStatuses.${status}`),
    cell: State,
    isSortable: true,
  },
  {
    id: "lastBeat",
    value: ({ lastBeatAt }) => lastBeatAt,
    cell: ({ row }) => <Text size="sm">{row.lastBeatAt ? <TimeAgo at={row.lastBeatAt} /> : "—"}</Text>,
    isSortable: true,
  },
  { id: "app", value: ({ app }) => app, cell: ({ row }) => <Text size="sm">{row.app ?? "—"}</Text> },
  {
    id: "rate",
    value: ({ failures, attempts }) => (attempts === 0 ? null : failures / attempts),
    cell: ({ row }) => <Rate failures={row.failures} attempts={row.attempts} />,
    isSortable: true,
    align: "right",
  },
  { id: "flags", value: ({ openFlags }) => openFlags, cell: Flags, isSortable: true, align: "right" },
]

/** A terminal as a card, on narrow screens. */
export const terminalCard = (row: TerminalRow, checkbox: ReactNode) => (
  <>
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <Group gap="xs" align="flex-start" wrap="nowrap" miw={0}>
        {checkbox}
        <Serial row={row} />
      </Group>
      <State row={row} />
    </Group>
    <Group justify="space-between" mt={6} wrap="nowrap">
      <Store row={row} />
      <Group gap={6} wrap="nowrap">
        <Rate failures={row.failures} attempts={row.attempts} />
        <Flags row={row} />
      </Group>
    </Group>
  </>
)
