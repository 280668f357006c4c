"use client"

import { Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import type { ReactNode } from "react"
import type { Column } from "@/components/tables/columns"
import { DataTable } from "@/components/tables/data-table"
import { NameCell } from "@/components/tables/name-cell"
import { TimeAgo } from "@/components/ui/time-ago"
import { terminalGroupsOptions } from "@/lib/intake/quarantine/queries"
import type { GroupQuery, TerminalGroups as Groups } from "@/lib/intake/quarantine/schemas"

type Group = Groups["data"][number]

const Terminal = ({ row: { terminal }, onOpen }: { row: Group; onOpen?: () => void }) => {
  const t = useTranslations("quarantine")
  return <NameCell name={terminal ?? t("noTerminal")} onOpen={terminal === null ? undefined : onOpen} />
}
const Count = ({ row: { count } }: { row: Group }) => useFormatter().number(count)

const columns: Column<Group>[] = [
  { id: "terminal", value: ({ terminal }) => terminal, cell: Terminal },
  { id: "records", value: ({ count }) => count, cell: Count, align: "right" },
  {
    id: "last",
    value: ({ lastReceivedAt }) => lastReceivedAt,
    cell: ({ row }) => <TimeAgo at={row.lastReceivedAt} />,
  },
]
const idOf = ({ terminal }: Group) => terminal ?? ""

type Props = { filter: GroupQuery; onOpen: (terminal: string) => void; empty: ReactNode }

/** Numbers of quarantined records by terminal, with links to them. */
export function TerminalGroups({ filter, onOpen, empty }: Props) {
  const t = useTranslations("quarantine")
  const groups = useQuery(terminalGroupsOptions(filter))
  return (
    <>
      <DataTable
        name="quarantine-terminals"
        label={t("groups.label")}
        columns={columns}
        title={(id) => t(`columns.${id}`)}
        rows={groups.data?.data}
        query={groups}
        rowId={idOf}
        nameOf={({ terminal }) => terminal ?? t("noTerminal")}
        onOpen={({ terminal }) => terminal !== null && onOpen(terminal)}
        empty={empty}
      />
      {groups.data?.isWhole === false ? (
        <Text size="xs" c="dimmed">
          {t("groups.more", { count: groups.data.data.length })}
        </Text>
      ) : null}
    </>
  )
}
