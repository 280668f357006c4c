"use client"

import { Group, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Column } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import { TimeAgo } from "@/components/ui/time-ago"
import type { CodePackList } from "@/lib/fleet/code-packs/schemas"

export type System = CodePackList["data"][number]

const Uploaded = ({ row: { own } }: { row: System }) => (own[0] ? <TimeAgo at={own[0].createdAt} /> : "—")

export const systemColumns: Column<System>[] = [
  {
    id: "codeSystem",
    value: ({ codeSystem }) => codeSystem,
    cell: ({ row, onOpen }) => <NameCell name={row.codeSystem} onOpen={onOpen} />,
  },
  { id: "shipped", value: ({ shipped }) => shipped[0]?.codes ?? null, align: "right" },
  { id: "own", value: ({ own }) => own[0]?.codes ?? null, align: "right" },
  { id: "version", value: ({ own }) => own[0]?.version ?? null, align: "right" },
  { id: "uploaded", value: ({ own }) => own[0]?.createdAt ?? null, cell: Uploaded, align: "right" },
]

/** A table of codes as a card, on narrow screens. */
export function SystemCard({ row, onOpen }: { row: System; onOpen: (() => void) | undefined }) {
  const t = useTranslations("codeTables")
  const [shipped] = row.shipped
  const [own] = row.own
  return (
    <Group justify="space-between" wrap="nowrap">
      <NameCell name={row.codeSystem} onOpen={onOpen} />
      <Text size="sm" ta="right">
        {shipped ? t("shippedCodes", { count: shipped.codes }) : null}
        {shipped && own ? <br /> : null}
        {own ? t("ownCodes", { count: own.codes, version: own.version }) : null}
      </Text>
    </Group>
  )
}
