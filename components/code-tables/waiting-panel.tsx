"use client"

import { Button, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { createContext, use } from "react"
import type { Column } from "@/components/tables/columns"
import { DataTable, type ListQuery } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { Panel } from "@/components/ui/panel"
import { TimeAgo } from "@/components/ui/time-ago"
import type { Waiting } from "@/lib/fleet/code-packs/schemas"

const idOf = ({ codeSystem, code }: Waiting) => `${codeSystem ?? ""}/${code}`
const nameOf = ({ code }: Waiting) => code

/** Starts to map a code. Null for readers. */
const MapCode = createContext<((waiting: Waiting) => void) | null>(null)

function Actions({ row }: { row: Waiting }) {
  const t = useTranslations("codeTables")
  const map = use(MapCode)
  if (row.codeSystem === null)
    return (
      <Text size="xs" c="dimmed">
        {t("noSystem")}
      </Text>
    )
  if (map === null) return null
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={t("mapOne", { code: row.code })}
      onClick={() => map(row)}
    >
      {t("map")}
    </Button>
  )
}

const columns: Column<Waiting>[] = [
  { id: "codeSystem", value: ({ codeSystem }) => codeSystem, text: ({ codeSystem }) => codeSystem ?? "—" },
  { id: "code", value: ({ code }) => code },
  { id: "seen", value: ({ seenCount }) => seenCount, align: "right" },
  { id: "last", value: ({ lastSeenAt }) => lastSeenAt, cell: ({ row }) => <TimeAgo at={row.lastSeenAt} /> },
  { id: "actions", value: () => null, cell: Actions, isSortable: false, isAction: true, align: "right" },
]

/** Codes that came in and that no table has. Their sales count as cause unknown. */
export function WaitingPanel({
  query,
  codes,
  onMap,
}: {
  query: ListQuery
  codes: readonly Waiting[] | undefined
  onMap: ((waiting: Waiting) => void) | null
}) {
  const t = useTranslations("codeTables")
  return (
    <Panel title={t("waiting")}>
      <MapCode value={onMap}>
        <DataTable
          name="unmapped-codes"
          label={t("waiting")}
          columns={columns}
          title={(id) => t(`columns.${id}`)}
          rows={codes}
          query={query}
          rowId={idOf}
          nameOf={nameOf}
          empty={<EmptyState title={t("noneWaiting")}>{t("noneWaitingText")}</EmptyState>}
          minWidth={520}
        />
      </MapCode>
    </Panel>
  )
}
