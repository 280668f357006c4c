"use client"

import { Alert, Button, Group, Paper, Progress, SimpleGrid, Stack, Text } from "@mantine/core"
import { IconDownload, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { LeftOutList } from "@/components/imports/left-out-list"
import { cancelRun, rejectedAddress, resumeRun } from "@/lib/intake/imports/runs/queries"
import type { ImportDetail } from "@/lib/intake/imports/runs/schemas"

const figures = ["rowsDone", "accepted", "duplicates", "rejected"] as const
type Verb = "cancel" | "resume"

const isUnderWay = ({ state }: ImportDetail) => state === "queued" || state === "running"
const isStopped = ({ state }: ImportDetail) => state === "cancelled" || state === "failed"

/** Progress, counts and actions of an import that has started. */
export function RunPanel({ run }: { run: ImportDetail }) {
  const t = useTranslations("imports")
  const format = useFormatter()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (verb: Verb) => (verb === "cancel" ? cancelRun(run.id) : resumeRun(run.id)),
    onSettled: () => client.invalidateQueries({ queryKey: ["imports"] }),
  })
  const isTerminals = run.kind === "terminals"
  const share = run.rowsDone / Math.max(1, run.totalRows)
  return (
    <Paper withBorder p="md">
      <Stack>
        <Stack gap={6}>
          <Progress
            value={share * 100}
            color={run.state === "failed" ? "red" : "teal"}
            animated={run.state === "running"}
            size="lg"
            aria-label={t("progress")}
          />
          <Text size="sm" c="dimmed" role="status">
            {t(
              run.isDry && isUnderWay(run)
                ? "dryText"
                : isTerminals && run.state === "done"
                  ? "terminalsDone"
                  : `stateText.${run.state}`,
              {
                share: format.number(share, { style: "percent", maximumFractionDigits: 0 }),
                total: run.totalRows,
              },
            )}
          </Text>
        </Stack>
        <RunFigures run={run} />
        <LeftOutList leftOut={run.leftOut} />
        {run.error ? (
          <Alert color={run.state === "failed" ? "red" : "yellow"} title={t("stopped")}>
            {run.error}
          </Alert>
        ) : null}
        {change.isError ? (
          <Alert color="red" role="alert">
            {change.error.message}
          </Alert>
        ) : null}
        {isStopped(run) && !run.hasRows ? (
          <Text size="sm" c="dimmed">
            {t("rowsGone")}
          </Text>
        ) : null}
        <RunActions run={run} isBusy={change.isPending} onAct={change.mutate} />
      </Stack>
    </Paper>
  )
}

function RunFigures({ run }: { run: ImportDetail }) {
  const t = useTranslations("imports")
  const format = useFormatter()
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }}>
      {figures.map((figure) => (
        <Stack gap={0} key={figure}>
          <Text size="xl" fw={650} {...(figure === "rejected" && run.rejected > 0 ? { c: "orange" } : {})}>
            {format.number(run[figure])}
          </Text>
          <Text size="sm" c="dimmed">
            {t(run.kind === "terminals" ? `terminalFigures.${figure}` : `figures.${figure}`)}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  )
}

function RunActions({
  run,
  isBusy,
  onAct,
}: {
  run: ImportDetail
  isBusy: boolean
  onAct: (verb: Verb) => void
}) {
  const t = useTranslations("imports")
  return (
    <Group gap="xs">
      {isUnderWay(run) ? (
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          onClick={() => onAct("cancel")}
        >
          {t("cancel")}
        </Button>
      ) : null}
      {isStopped(run) && run.hasRows && run.mapping ? (
        <Button
          size="xs"
          loading={isBusy}
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={() => onAct("resume")}
        >
          {t("resume")}
        </Button>
      ) : null}
      {run.rejected > 0 && run.kind !== "terminals" ? (
        <Button
          size="xs"
          variant="light"
          component="a"
          href={rejectedAddress(run.id)}
          download
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t("download", { count: run.rejected })}
        </Button>
      ) : null}
    </Group>
  )
}
