"use client"

import { Button, Group, Skeleton, Stack, Text } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { useState } from "react"
import { ClockFix } from "@/components/quarantine/clock-fix"
import { DiscardAll } from "@/components/quarantine/discard-all"
import { EditFix } from "@/components/quarantine/edit-fix"
import { EnrolFix } from "@/components/quarantine/enrol-fix"
import type { Outcome } from "@/components/quarantine/notice"
import { RecordJson } from "@/components/quarantine/record-json"
import { ErrorState } from "@/components/ui/error-state"
import { putAside, quarantinedOptions, replayOne } from "@/lib/intake/quarantine/queries"
import type { QuarantinedRecord } from "@/lib/intake/quarantine/schemas"
import { isClockCode } from "@/lib/intake/quarantine/words"

type Props = { id: number; mayReplay: boolean; onDone: (outcome: Outcome) => void }

/** The whole record, with its actions. */
export function RecordDetail({ id, mayReplay, onDone }: Props) {
  const t = useTranslations("quarantine")
  const format = useFormatter()
  const record = useQuery(quarantinedOptions(id))
  if (!record.data)
    return record.isError ? <ErrorState onRetry={() => void record.refetch()} /> : <Skeleton height={160} />
  const { message, field, correction, receivedAt, lastReceivedAt, resolvedAt } = record.data
  const time = (at: string) => format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "medium" })
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed">
        {t("received", { first: time(receivedAt), last: time(lastReceivedAt) })} {t("reason", { message })}
      </Text>
      {correction === null ? null : (
        <Text size="sm" fw={600}>
          {t("corrected")}
        </Text>
      )}
      <RecordJson text={correction ?? record.data.record} field={field} />
      {correction === null ? null : (
        <>
          <Text size="sm" fw={600}>
            {t("asItCame")}
          </Text>
          <RecordJson text={record.data.record} field={null} />
        </>
      )}
      {resolvedAt !== null ? null : mayReplay ? (
        <Fixes key={`${record.data.code} ${correction}`} record={record.data} onDone={onDone} />
      ) : (
        <Text size="sm" c="dimmed">
          {t("mayNot")}
        </Text>
      )}
    </Stack>
  )
}

/** Reasons that need a corrected record. */
const mustBeCorrected = ["invalid", "ambiguous_terminal", "placeholder_serial"] as const

function Fixes({ record, onDone }: { record: QuarantinedRecord; onDone: (outcome: Outcome) => void }) {
  const t = useTranslations("quarantine")
  const client = useQueryClient()
  const { id, code, terminal, isWhole, receivedAt } = record
  const text = record.correction ?? record.record
  const [isEditing, setIsEditing] = useState(mustBeCorrected.some((known) => known === code))
  const replaying = useMutation({
    mutationFn: (correction: string | null) => replayOne(id, correction),
    onSuccess: ({ outcome, record: now }) => {
      client.setQueryData(quarantinedOptions(id).queryKey, now)
      onDone({ kind: outcome })
    },
    onError: (error) => onDone({ kind: "failed", detail: error.message }),
    onSettled: () => client.invalidateQueries(),
  })
  const discarding = useMutation({
    mutationFn: () => putAside("discard", { id }),
    onSuccess: () => onDone({ kind: "discarded" }),
    onError: (error) => onDone({ kind: "failed", detail: error.message }),
    onSettled: () => client.invalidateQueries(),
  })
  const busy = { isBusy: replaying.isPending, onReplay: replaying.mutate }
  return (
    <Stack gap="md">
      {isWhole ? null : <Text size="sm">{t("notWhole")}</Text>}
      {code === "unknown_terminal" && terminal !== null ? (
        <EnrolFix id={id} terminal={terminal} onDone={onDone} />
      ) : null}
      {isClockCode(code) && isWhole ? (
        <ClockFix record={JSON.parse(text) as Record<string, unknown>} receivedAt={receivedAt} {...busy} />
      ) : null}
      {isEditing ? <EditFix text={text} {...busy} /> : null}
      <Group gap="xs">
        {isEditing ? null : (
          <Button size="xs" variant="default" onClick={() => setIsEditing(true)}>
            {t("edit.open")}
          </Button>
        )}
        {isWhole ? (
          <Button
            size="xs"
            variant="default"
            loading={replaying.isPending}
            onClick={() => replaying.mutate(null)}
          >
            {t("replayAsItIs")}
          </Button>
        ) : null}
        <DiscardAll count={1} onDiscard={discarding.mutate} />
      </Group>
    </Stack>
  )
}
