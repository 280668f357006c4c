"use client"

import { Anchor, Button, Group, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { MaintenanceBadge, StateBadge, StatusBadge } from "@/components/ui/badges"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { paths } from "@/lib/base/paths"
import { terminalListOptions } from "@/lib/fleet/terminals/read/queries"

const mostShown = 20

/** The first terminals of a store, with a link to all of them. */
export function StoreTerminals({ storeId }: { storeId: number }) {
  const t = useTranslations("places")
  const list = useQuery(terminalListOptions({ store: storeId, limit: mostShown }))
  const all = (
    <Button component={Link} href={`${paths.terminals}?store=${storeId}`} size="compact-sm" variant="light">
      {t("allTerminals")}
    </Button>
  )
  return (
    <Panel
      title={t("terminals", { count: list.data?.total ?? 0 })}
      action={list.data && list.data.total > 0 ? all : null}
    >
      {list.isError && !list.data ? <ErrorState onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Skeleton height={80} /> : null}
      {list.data?.total === 0 ? (
        <Text size="sm" c="dimmed">
          {t("noTerminals")}
        </Text>
      ) : null}
      <Stack gap={6}>
        {list.data?.data.map((row) => (
          <Group key={row.id} justify="space-between" gap="xs">
            <Group gap={6}>
              <Anchor component={Link} href={paths.terminal(row.id)} size="sm" fw={600}>
                {row.serial}
              </Anchor>
              <Text size="xs" c="dimmed">
                {[row.tid, row.model].filter(Boolean).join(" · ")}
              </Text>
            </Group>
            <Group gap={6}>
              {row.isInMaintenance ? <MaintenanceBadge /> : null}
              {row.status === "active" ? (
                <StateBadge state={row.onlineState} />
              ) : (
                <StatusBadge status={row.status} />
              )}
            </Group>
          </Group>
        ))}
      </Stack>
    </Panel>
  )
}
