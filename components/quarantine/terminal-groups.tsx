"use client"

import { Anchor, Skeleton, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { SimpleTable } from "@/components/tables/simple-table"
import { ErrorState } from "@/components/ui/error-state"
import { TimeAgo } from "@/components/ui/time-ago"
import { terminalGroupsOptions } from "@/lib/intake/quarantine/queries"
import type { GroupQuery } from "@/lib/intake/quarantine/schemas"

/** Numbers of quarantined records by terminal, with links to them. */
export function TerminalGroups({
  filter,
  onOpen,
}: {
  filter: GroupQuery
  onOpen: (terminal: string) => void
}) {
  const t = useTranslations("quarantine")
  const groups = useQuery(terminalGroupsOptions(filter))
  if (!groups.data)
    return groups.isError ? <ErrorState onRetry={() => void groups.refetch()} /> : <Skeleton height={160} />
  return (
    <>
      <SimpleTable
        label={t("groups.label")}
        head={[
          { key: "terminal", title: t("terminal") },
          { key: "records", title: t("groups.records"), align: "right" },
          { key: "last", title: t("groups.last") },
        ]}
        rows={groups.data.data.map(({ terminal, count, lastReceivedAt }) => ({
          key: terminal ?? "",
          cells: [
            terminal === null ? (
              t("noTerminal")
            ) : (
              <Anchor
                key="terminal"
                component="button"
                type="button"
                size="sm"
                onClick={() => onOpen(terminal)}
              >
                {terminal}
              </Anchor>
            ),
            t("groups.count", { count }),
            <TimeAgo key="last" at={lastReceivedAt} />,
          ],
        }))}
      />
      {groups.data.isWhole ? null : (
        <Text size="xs" c="dimmed">
          {t("groups.more", { count: groups.data.data.length })}
        </Text>
      )}
    </>
  )
}
