"use client"

import { Alert, Button, Group, Paper, Stack, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ReadingOptions, type Reading } from "@/components/imports/reading-options"
import { importOptions, readAgain } from "@/lib/intake/imports/runs/queries"
import type { ImportDetail } from "@/lib/intake/imports/runs/schemas"

/** What can be changed, by the form of the copy that is kept. */
const options = {
  bytes: ["encoding", "delimiter", "headerRow"],
  text: ["delimiter", "headerRow"],
  workbook: ["headerRow"],
} as const satisfies Record<NonNullable<ImportDetail["source"]>, readonly (keyof Reading)[]>

/** Reads an uploaded file again with another encoding, separator or header row. */
export function ReadAgainPanel({ run }: { run: ImportDetail }) {
  const t = useTranslations("imports")
  const client = useQueryClient()
  const [reading, setReading] = useState<Reading>({})
  const read = useMutation({
    mutationFn: () => readAgain(run.id, reading),
    onSuccess: (detail) => client.setQueryData(importOptions(run.id).queryKey, detail),
    onSettled: () => client.invalidateQueries({ queryKey: ["imports"] }),
  })
  if (run.source === null) return null
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t("readAgainText", { row: run.detected?.headerRow ?? 0 })}
        </Text>
        <Group gap="xs">
          <ReadingOptions reading={reading} onChange={setReading} shown={options[run.source]} />
          <Button size="xs" variant="default" loading={read.isPending} onClick={() => read.mutate()}>
            {t("readAgain")}
          </Button>
        </Group>
        {read.isError ? (
          <Alert color="red" role="alert">
            {read.error.message}
          </Alert>
        ) : null}
      </Stack>
    </Paper>
  )
}
