"use client"

import { Button, Stack, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { isNightly, type NightlyRule } from "@/lib/insight/flags/words"
import type { RuleRecord } from "@/lib/insight/handling/schemas"
import { loosenRule } from "@/lib/insight/sensitivity/queries"

/** Whether a rule is a step stricter than the others, and a way back; or that it finds nothing too often. */
export function RuleState({ record, canChange }: { record: RuleRecord; canChange: boolean }) {
  const t = useTranslations("handling")
  const format = useFormatter()
  const { rule, tightenedAt, undoneAt, findsNothing } = record
  const on = (at: string) => format.dateTime(new Date(at), { dateStyle: "medium" })
  if (tightenedAt !== null && undoneAt === null && isNightly(rule))
    return (
      <Stack gap={2} align="flex-start">
        <Text size="sm" title={t("tightenedWhy")}>
          {t("tightened", { on: on(tightenedAt) })}
        </Text>
        {canChange ? <UndoButton rule={rule} /> : null}
      </Stack>
    )
  if (findsNothing) return t("findsNothing")
  return undoneAt === null ? "" : t("undone", { on: on(undoneAt) })
}

function UndoButton({ rule }: { rule: NightlyRule }) {
  const t = useTranslations("handling")
  const tRule = useTranslations("flags.rules")
  const colon = useTranslations("common")("colon")
  const client = useQueryClient()
  const undo = useMutation({
    mutationFn: () => loosenRule(rule),
    onSuccess: () => client.invalidateQueries({ queryKey: ["flags"] }),
  })
  return (
    <>
      <Button
        size="compact-xs"
        variant="light"
        loading={undo.isPending}
        aria-label={`${t("undo")}${colon}${tRule(`${rule}.name`)}`}
        onClick={() => undo.mutate()}
      >
        {t("undo")}
      </Button>
      {undo.isError ? (
        <Text size="xs" c="red" role="alert">
          {undo.error.message}
        </Text>
      ) : null}
    </>
  )
}
