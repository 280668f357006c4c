"use client"

import { Anchor, Group, Paper, Progress, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { RunBadge } from "@/components/imports/run-badge"
import { TimeAgo } from "@/components/ui/time-ago"
import { paths } from "@/lib/base/paths"
import type { ImportRun } from "@/lib/intake/imports/runs/schemas"

export function RunCard({ run, mayOpen }: { run: ImportRun; mayOpen: boolean }) {
  const t = useTranslations("imports")
  const isUnderWay = run.state === "queued" || run.state === "running"
  return (
    <Paper withBorder p="sm" component="article" aria-label={run.fileName}>
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          {mayOpen ? (
            <Anchor component={Link} href={paths.import(run.id)} fw={600} truncate>
              {run.fileName}
            </Anchor>
          ) : (
            <Text fw={600} truncate>
              {run.fileName}
            </Text>
          )}
          <RunBadge state={run.state} />
        </Group>
        {isUnderWay ? (
          <Progress
            value={(run.rowsDone / Math.max(1, run.totalRows)) * 100}
            size="sm"
            aria-label={t("progress")}
          />
        ) : null}
        <Group gap="sm" justify="space-between">
          <Text size="sm" c="dimmed">
            {run.startedAt && run.state !== "uploaded"
              ? t(run.kind === "terminals" ? "terminalCounts" : "counts", {
                  done: run.rowsDone,
                  total: run.totalRows,
                  accepted: run.accepted,
                  duplicates: run.duplicates,
                  rejected: run.rejected,
                })
              : t("rows", { count: run.totalRows })}
          </Text>
          <Text size="xs" c="dimmed">
            <TimeAgo at={run.finishedAt ?? run.startedAt ?? run.uploadedAt} />
          </Text>
        </Group>
      </Stack>
    </Paper>
  )
}
