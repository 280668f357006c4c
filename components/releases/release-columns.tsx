"use client"

import { Anchor, Button, Group } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { Day, EndDay } from "@/components/catalogue/day"
import { componentColumn, modelColumn } from "@/components/releases/shared-columns"
import type { Column } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import { CheckOverdueBadge } from "@/components/ui/badges"
import { paths } from "@/lib/base/paths"
import type { RunRelease, SeenRelease } from "@/lib/fleet/releases/schemas"

/** Leads to how the release comes to terminals. */
function Terminals({ row: { id, component, version, terminals } }: { row: RunRelease }) {
  const t = useTranslations("rollout")
  const tComponent = useTranslations("components")
  return (
    <Anchor
      component={Link}
      size="sm"
      href={paths.release(id)}
      aria-label={t("open", { release: `${tComponent(component)} ${version}`, terminals })}
    >
      {useFormatter().number(terminals)}
    </Anchor>
  )
}

function Source({ row: { source, isCheckOverdue } }: { row: RunRelease }) {
  return (
    <Group gap={6}>
      {source ?? "—"}
      {isCheckOverdue ? <CheckOverdueBadge /> : null}
    </Group>
  )
}

export const releaseColumns: Column<RunRelease>[] = [
  componentColumn,
  {
    id: "version",
    value: ({ version }) => version,
    cell: ({ row, onOpen }) => <NameCell name={row.version} onOpen={onOpen} />,
  },
  modelColumn("allModels"),
  { id: "terminals", value: ({ terminals }) => terminals, cell: Terminals, align: "right" },
  { id: "releasedOn", value: ({ releasedOn }) => releasedOn, cell: ({ row }) => <Day on={row.releasedOn} /> },
  {
    id: "supportEndOn",
    value: ({ supportEndOn }) => supportEndOn,
    cell: ({ row }) => <EndDay on={row.supportEndOn} />,
  },
  { id: "source", value: ({ source }) => source, cell: Source },
]

function Add({ row: { component, version }, onOpen }: { row: SeenRelease; onOpen?: () => void }) {
  const t = useTranslations("catalogue")
  const tComponent = useTranslations("components")
  return (
    <Button
      size="compact-xs"
      variant="light"
      aria-label={t("addNamed", { version: `${tComponent(component)} ${version}` })}
      onClick={onOpen}
    >
      {t("addToCatalogue")}
    </Button>
  )
}

export const seenColumns: Column<SeenRelease>[] = [
  componentColumn,
  { id: "version", value: ({ version }) => version },
  modelColumn("notKnown"),
  { id: "terminals", value: ({ terminals }) => terminals, align: "right" },
]

/** The columns for users who may add a release to the catalogue. */
export const addableColumns: Column<SeenRelease>[] = [
  ...seenColumns,
  { id: "action", value: () => null, cell: Add, isSortable: false, isAction: true },
]
