"use client"

import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Run } from "@/components/quarantine/use-steps"

/** Progress and result of an action on many records. */
export function RunAlert({ run, onStop, onClose }: { run: Run; onStop: () => void; onClose: () => void }) {
  const t = useTranslations("quarantine.many")
  const { work, total, done, failed, state, detail } = run
  const isRunning = state === "running" || state === "stopping"
  const color = state === "broken" ? "red" : failed > 0 ? "orange" : "teal"
  return (
    <Alert
      color={color}
      role="status"
      title={t(state)}
      withCloseButton={!isRunning}
      closeButtonLabel={t("close")}
      onClose={onClose}
    >
      <Stack gap="xs">
        <Text size="sm">
          {t(`results.${work}`, { done, failed })} {detail}
        </Text>
        {isRunning ? (
          <Progress
            value={total === 0 ? 100 : (100 * (done + failed)) / total}
            animated
            aria-label={t("running")}
          />
        ) : null}
        {isRunning ? (
          <Group>
            <Button size="compact-xs" variant="default" disabled={state === "stopping"} onClick={onStop}>
              {t("stop")}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Alert>
  )
}
