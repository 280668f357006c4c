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
import type { OnlineState } from "@/lib/fleet/terminals/words"

export function TerminalHeader({ terminal, canChange }: { terminal: Terminal; canChange: boolean }) {
  const { serial, tid, model, store, merchant, status, onlineState, labels } = terminal
  const facts = [tid, model, merchant].filter(Boolean).join(" · ")
  return (
    <PageHeader
      title={serial}
      subtitle={
        <Group gap={6}>
          {facts ? (
            <Text span size="sm">
              {facts}
            </Text>
          ) : null}
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
        <SinceWhen terminal={terminal} />
        {canChange && terminal.mergedInto === null ? <TerminalMenu terminal={terminal} /> : null}
      </Group>
    </PageHeader>
  )
}

/** Since when a terminal has been online, or its last sign of life: a silence is as old as that. */
function SinceWhen({ terminal }: { terminal: Terminal }) {
  const t = useTranslations("terminal")
  const { onlineState, onlineStateSince, lastBeatAt, lastSaleAt } = terminal
  const isSilent = silentStates.has(onlineState)
  const at = isSilent ? latest(lastBeatAt, lastSaleAt) : onlineStateSince
  if (at === null) return null
  return (
    <Text size="xs" c="dimmed">
      {t.rich(isSilent ? "silentSince" : "since", { time: () => <TimeAgo at={at} /> })}
    </Text>
  )
}

const silentStates = new Set<OnlineState>(["late", "suspect", "offline"])

const latest = (first: string | null, second: string | null): string | null =>
  first !== null && second !== null && Date.parse(first) < Date.parse(second) ? second : (first ?? second)
