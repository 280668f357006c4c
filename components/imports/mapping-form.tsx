"use client"

import { Alert, Button, Group, Stack } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { CodePanel } from "@/components/imports/code-panel"
import { ColumnGrid } from "@/components/imports/column-grid"
import { LeftOutList } from "@/components/imports/left-out-list"
import { isReady, PreviewNotices } from "@/components/imports/preview-notices"
import { PreviewTable } from "@/components/imports/preview-table"
import { ProfileOptions } from "@/components/imports/profile-options"
import { SaveProfile } from "@/components/imports/save-profile"
import { WordPanel } from "@/components/imports/word-panel"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { ReasonedButton } from "@/components/ui/reasoned-button"
import { asStored } from "@/lib/base/names/names"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import type { Target } from "@/lib/intake/imports/mapping/targets"
import { cancelRun, dryRun, previewOptions, startRun } from "@/lib/intake/imports/runs/queries"
import type { ImportDetail } from "@/lib/intake/imports/runs/schemas"

type Columns = NonNullable<RecordProfile["columns"]>
type Props = { run: ImportDetail; headers: string[]; suggested: RecordProfile }

/** The columns after `header` gets a field. A field has one column, so another column can lose it. */
const assigned = (columns: Columns, header: string, target: Target): Columns => ({
  ...Object.fromEntries(
    Object.entries(columns).map(([other, its]) => [other, its === target ? "ignore" : its]),
  ),
  [header]: target,
})

/** The mapping of columns to fields, with a preview of the first rows. */
export function MappingForm({ run, headers, suggested }: Props) {
  const t = useTranslations("imports")
  const client = useQueryClient()
  const [profile, setProfile] = useState(suggested)
  const preview = useQuery({ ...previewOptions(run.id, profile), select: asStored })
  const settle = () => client.invalidateQueries({ queryKey: ["imports"] })
  const isTried = profile.kind === "terminals"
  const start = useMutation({
    mutationFn: () => (isTried ? dryRun : startRun)(run.id, profile),
    onSettled: settle,
  })
  const discard = useMutation({ mutationFn: () => cancelRun(run.id), onSettled: settle })

  const columns = preview.data?.profile.columns ?? {}
  const missing = preview.data?.missing ?? []
  // Until the answer for this mapping arrives, the preview shows the one before.
  const isPreviewed = preview.isSuccess && !preview.isPlaceholderData
  const assign = (header: string, target: Target) =>
    setProfile({ ...profile, columns: assigned(columns, header, target) })
  const failure = start.error ?? discard.error
  return (
    <Stack gap="md">
      <ProfileOptions profile={profile} onChange={setProfile} preview={preview.data} />
      {preview.isError ? <ErrorState onRetry={() => void preview.refetch()} /> : null}
      <Panel
        title={t("columns")}
        action={<SaveProfile profile={{ ...profile, columns: { ...columns, ...profile.columns } }} />}
      >
        <ColumnGrid
          headers={headers}
          columns={columns}
          kind={profile.kind}
          rows={preview.data?.rows ?? []}
          onAssign={assign}
        />
      </Panel>
      <WordPanel
        unknown={preview.data?.unknownWords ?? []}
        words={profile.words ?? {}}
        onChange={(words) => setProfile({ ...profile, words })}
      />
      <CodePanel
        open={preview.data?.openCodes ?? []}
        meanings={profile.codeMeanings ?? {}}
        onChange={(codeMeanings) => setProfile({ ...profile, codeMeanings })}
      />
      <PreviewNotices preview={preview.data} hasHeader={run.detected?.headerRow !== null} />
      <Panel title={t("preview")}>
        <LeftOutList leftOut={preview.data?.leftOut ?? []} />
        <PreviewTable
          rows={preview.data?.rows ?? []}
          isStale={preview.isPlaceholderData}
          isComplete={missing.length === 0}
          kind={profile.kind}
        />
      </Panel>
      {failure ? (
        <Alert color="red" role="alert">
          {failure.message}
        </Alert>
      ) : null}
      <Group justify="flex-end">
        <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
          {t("discard")}
        </Button>
        <ReasonedButton
          notYet={isPreviewed && isReady(preview.data) ? null : t("notYet")}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {isTried ? t("dryRun", { count: run.totalRows }) : t("start", { count: run.totalRows })}
        </ReasonedButton>
      </Group>
    </Stack>
  )
}
