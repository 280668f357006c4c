"use client"

import { Badge, Button, Group, Paper, Stack, Text, type MantineColor } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState } from "react"
import type { Outcome } from "@/components/quarantine/notice"
import { RecordDetail } from "@/components/quarantine/record-detail"
import { TimeAgo } from "@/components/ui/time-ago"
import type { RejectionCode } from "@/lib/intake/ingest/answer"
import type { Quarantined } from "@/lib/intake/quarantine/schemas"

const codeColor = {
  invalid: "indigo",
  pan_suspected: "red",
  clock_wrong: "orange",
  too_old: "gray",
  unknown_terminal: "blue",
  ambiguous_terminal: "grape",
  placeholder_serial: "yellow",
  unmapped_code: "teal",
} as const satisfies Record<RejectionCode, MantineColor>

type Props = { record: Quarantined; mayReplay: boolean; onDone: (outcome: Outcome) => void }

/** A quarantined record: terminal, reason and count. Opened, it shows what to do. */
export function RecordCard({ record, mayReplay, onDone }: Props) {
  const t = useTranslations("quarantine")
  const [isOpen, setIsOpen] = useState(false)
  const { id, kind, code, field, terminal, seenCount, lastReceivedAt, resolvedAt, discardedAt } = record
  return (
    <Paper component="article" withBorder p="md" aria-label={`${t(`codes.${code}`)} ${terminal ?? ""}`}>
      <Stack gap="xs">
        <Group gap="xs">
          <Badge variant="light" color={codeColor[code]}>
            {t(`codes.${code}`)}
          </Badge>
          <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
            {terminal ?? t("noTerminal")}
          </Text>
          <Text size="sm" c="dimmed">
            {t(`kinds.${kind}`)}
          </Text>
          <Text size="xs" c="dimmed" ml="auto">
            {seenCount > 1 ? `${t("seen", { count: seenCount })} · ` : null}
            {discardedAt
              ? t.rich("discarded", { time: () => <TimeAgo at={discardedAt} /> })
              : resolvedAt
                ? t.rich("resolved", { time: () => <TimeAgo at={resolvedAt} /> })
                : t.rich("last", { time: () => <TimeAgo at={lastReceivedAt} /> })}
          </Text>
        </Group>
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-end">
          <Text size="sm">
            {code === "invalid" && field !== null
              ? t("reasons.invalidField", { field })
              : t(`reasons.${code}`, { terminal: terminal ?? "—" })}
          </Text>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
            style={{ flexShrink: 0 }}
          >
            {isOpen ? t("hide") : resolvedAt !== null || !mayReplay ? t("show") : t("fix")}
          </Button>
        </Group>
        {isOpen ? <RecordDetail id={id} mayReplay={mayReplay} onDone={onDone} /> : null}
      </Stack>
    </Paper>
  )
}
