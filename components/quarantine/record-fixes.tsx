"use client"

import { Button, Group, Stack, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ClockFix } from "@/components/quarantine/clock-fix"
import { DiscardButton } from "@/components/quarantine/discard-button"
import { EditFix } from "@/components/quarantine/edit-fix"
import { EnrolFix } from "@/components/quarantine/enrol-fix"
import type { Outcome } from "@/components/quarantine/notice"
import { discardOrRestore, quarantinedOptions, replayOne } from "@/lib/intake/quarantine/queries"
import type { QuarantinedRecord } from "@/lib/intake/quarantine/schemas"
import { isClockCode } from "@/lib/intake/quarantine/words"

type Props = { record: QuarantinedRecord; onDone: (outcome: Outcome) => void }

/** Reasons that need a corrected record. */
const mustBeCorrected = ["invalid", "ambiguous_terminal", "placeholder_serial"] as const

function useRecordActions(id: number, onDone: (outcome: Outcome) => void) {
  const client = useQueryClient()
  const settled = {
    onError: (error: Error) => onDone({ kind: "failed", detail: error.message }),
    onSettled: () => client.invalidateQueries(),
  }
  const replaying = useMutation({
    mutationFn: (correction: string | null) => replayOne(id, correction),
    onSuccess: ({ outcome, record: now }) => {
      client.setQueryData(quarantinedOptions(id).queryKey, now)
      onDone({ kind: outcome })
    },
    ...settled,
  })
  const discarding = useMutation({
    mutationFn: () => discardOrRestore("discard", { ids: String(id) }),
    onSuccess: () => onDone({ kind: "discarded" }),
    ...settled,
  })
  return { replaying, discarding }
}

/** Ways to solve an open record: enrol its terminal, correct it, replay it, or discard it. */
export function RecordFixes({ record, onDone }: Props) {
  const t = useTranslations("quarantine")
  const { id, code, terminal, isWhole, receivedAt } = record
  const text = record.correction ?? record.record
  const [isEditing, setIsEditing] = useState(mustBeCorrected.some((known) => known === code))
  const { replaying, discarding } = useRecordActions(id, onDone)
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
        <DiscardButton label={t("discard.confirm")} count={1} onDiscard={discarding.mutate} />
      </Group>
    </Stack>
  )
}
