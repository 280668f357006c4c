"use client"

import { Group, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { Day, EndDay } from "@/components/catalogue/day"
import type { Column, ReaderFormat } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import { CheckOverdueBadge } from "@/components/ui/badges"
import type { Approval } from "@/lib/fleet/approvals/schemas"

const nameWith = ({ component, version, reference, kind }: Approval, t: ReaderFormat["t"]): string =>
  [
    component === null ? null : t(`components.${component}`),
    version,
    reference ?? t(`catalogue.kinds.${kind}`),
  ]
    .filter(Boolean)
    .join(" ")

function Name({ row, onOpen }: { row: Approval; onOpen?: () => void }) {
  return <NameCell name={nameWith(row, useTranslations())} onOpen={onOpen} />
}

const holdsFor = ({ scheme, acquirerName }: Approval) => [scheme, acquirerName].filter(Boolean).join(" · ")

function HoldsFor({ row }: { row: Approval }) {
  const t = useTranslations("catalogue")
  return holdsFor(row) || t("everyone")
}

function Source({ row: { source, checkedOn, isCheckOverdue } }: { row: Approval }) {
  const t = useTranslations("catalogue")
  return (
    <>
      <Text size="sm">{source || "—"}</Text>
      <Group gap={6}>
        <Text size="xs" c="dimmed">
          {t("checkedOn")} <Day on={checkedOn} />
        </Text>
        {isCheckOverdue ? <CheckOverdueBadge /> : null}
      </Group>
    </>
  )
}

export const approvalColumns: Column<Approval>[] = [
  {
    id: "approval",
    value: ({ component, version, reference, kind }) =>
      [component, version, reference ?? kind].filter(Boolean).join(" "),
    text: (row, { t }) => nameWith(row, t),
    cell: Name,
  },
  {
    id: "holdsFor",
    value: (row) => holdsFor(row) || null,
    text: (row, { t }) => holdsFor(row) || t("catalogue.everyone"),
    cell: HoldsFor,
  },
  ...(["purchaseEndOn", "deployEndOn", "useEndOn"] as const).map((id): Column<Approval> => ({
    id,
    value: (row) => row[id],
    cell: ({ row }) => <EndDay on={row[id]} />,
  })),
  { id: "source", value: ({ source }) => source || null, cell: Source },
]
