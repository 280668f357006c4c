"use client"

import { Anchor, ScrollArea, Skeleton, Table, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { ErrorState } from "@/components/ui/error-state"
import { TimeAgo } from "@/components/ui/time-ago"
import { terminalGroupsOptions } from "@/lib/intake/quarantine/queries"
import type { GroupQuery } from "@/lib/intake/quarantine/schemas"

/** Rejected records by terminal; a terminal leads to its own. */
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
    <ScrollArea>
      <Table aria-label={t("groups.label")} verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("terminal")}</Table.Th>
            <Table.Th ta="right">{t("groups.records")}</Table.Th>
            <Table.Th>{t("groups.last")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.data.data.map(({ terminal, count, lastReceivedAt }) => (
            <Table.Tr key={terminal ?? ""}>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                {terminal === null ? (
                  t("noTerminal")
                ) : (
                  <Anchor component="button" type="button" size="sm" onClick={() => onOpen(terminal)}>
                    {terminal}
                  </Anchor>
                )}
              </Table.Td>
              <Table.Td ta="right">{t("groups.count", { count })}</Table.Td>
              <Table.Td>
                <TimeAgo at={lastReceivedAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {groups.data.isWhole ? null : (
        <Text size="xs" c="dimmed">
          {t("groups.more", { count: groups.data.data.length })}
        </Text>
      )}
    </ScrollArea>
  )
}
