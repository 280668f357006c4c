"use client"

import { Alert, Button, Group, Stack } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { parseAsString, useQueryStates } from "nuqs"
import { ResultsPanel } from "@/components/imports/results-panel"
import { ReasonedButton } from "@/components/ui/reasoned-button"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import { cancelRun, startRun } from "@/lib/intake/imports/runs/queries"
import type { ImportDetail } from "@/lib/intake/imports/runs/schemas"

/** The results of a dry run of a file of terminals, with a button to import it. */
export function CheckedRun({
  run,
  profile,
  onBack,
}: {
  run: ImportDetail
  profile: RecordProfile
  onBack: () => void
}) {
  const t = useTranslations("importResults")
  const tImports = useTranslations("imports")
  const client = useQueryClient()
  // The page of dry-run results is not a page of the import's results.
  const [, show] = useQueryStates({ outcome: parseAsString, cursor: parseAsString })
  const settle = () => client.invalidateQueries({ queryKey: ["imports"] })
  const start = useMutation({
    mutationFn: () => startRun(run.id, profile),
    onMutate: () => void show(null),
    onSettled: settle,
  })
  const discard = useMutation({ mutationFn: () => cancelRun(run.id), onSettled: settle })
  const failure = start.error ?? discard.error
  return (
    <Stack gap="md">
      <Alert color={run.rejected > 0 ? "yellow" : "teal"} role="status">
        {t("triedText", { accepted: run.accepted, unchanged: run.duplicates, refused: run.rejected })}
      </Alert>
      <ResultsPanel run={run} />
      {failure ? (
        <Alert color="red" role="alert">
          {failure.message}
        </Alert>
      ) : null}
      <Group justify="flex-end">
        <Button variant="subtle" onClick={onBack}>
          {t("columns")}
        </Button>
        <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
          {tImports("discard")}
        </Button>
        <ReasonedButton
          notYet={run.accepted === 0 ? t("nothingToImport") : null}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t("start", { count: run.accepted })}
        </ReasonedButton>
      </Group>
    </Stack>
  )
}
