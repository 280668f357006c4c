"use client"

import { Anchor, Group, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { LabelBadges } from "@/components/terminals/label-badges"
import { TerminalMenu } from "@/components/terminals/terminal-menu"
import { StateBadge, StatusBadge } from "@/components/ui/badges"
import { PageHeader } from "@/components/ui/page-header"
import { StoreName } from "@/components/ui/store-name"
import { TimeAgo } from "@/components/ui/time-ago"
import { paths } from "@/lib/base/paths"
import type { Terminal } from "@/lib/fleet/terminals/schemas"

export function TerminalHeader({ terminal, canChange }: { terminal: Terminal; canChange: boolean }) {
  const t = useTranslations("terminal")
  const { serial, tid, model, store, merchant, status, onlineState, onlineStateSince, labels } = terminal
  return (
    <PageHeader
      title={serial}
      subtitle={
        <Group gap={6}>
          <Text span size="sm">
            {[tid, model, merchant].filter(Boolean).join(" · ")}
          </Text>
          <Anchor component={Link} size="sm" href={`${paths.terminals}?store=${store.id}`}>
            <StoreName name={store.name} />
          </Anchor>
          <LabelBadges labels={labels} />
        </Group>
      }
    >
      <Group gap="xs">
        <StatusBadge status={status} />
        <StateBadge state={onlineState} />
        {onlineStateSince ? (
          <Text size="xs" c="dimmed">
            {t.rich("since", { time: () => <TimeAgo at={onlineStateSince} /> })}
          </Text>
        ) : null}
        {canChange && terminal.mergedInto === null ? <TerminalMenu terminal={terminal} /> : null}
      </Group>
    </PageHeader>
  )
}
