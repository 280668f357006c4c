"use client"

import { Anchor, Group, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useState } from "react"
import { CheckedRun } from "@/components/imports/checked-run"
import { MappingForm } from "@/components/imports/mapping-form"
import { ReadAgainPanel } from "@/components/imports/read-again-panel"
import { ResultsPanel } from "@/components/imports/results-panel"
import { RunBadge } from "@/components/imports/run-badge"
import { RunPanel } from "@/components/imports/run-panel"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { RequestFailed } from "@/lib/base/http/get-json"
import { asStored } from "@/lib/base/names/names"
import { paths } from "@/lib/base/paths"
import { recordFileKinds } from "@/lib/intake/imports/mapping/targets"
import { importOptions } from "@/lib/intake/imports/runs/queries"

/** One import: the mapping of its columns, and its progress after the start. */
export function ImportScreen({ id }: { id: string }) {
  const t = useTranslations("imports")
  const run = useQuery({ ...importOptions(id), select: asStored })
  // The dry run that the user left to change the mapping.
  const [leftCheck, setLeftCheck] = useState<string | null>(null)
  const back = (
    <Anchor component={Link} href={paths.imports} size="sm">
      {t("back")}
    </Anchor>
  )
  if (run.error instanceof RequestFailed && run.error.status === 404)
    return <EmptyState title={t("gone")}>{back}</EmptyState>
  if (run.isError) return <ErrorState onRetry={() => void run.refetch()} />
  if (!run.data) return <Skeleton height={400} />
  const { fileName, state, totalRows, detected, mapping, checkedAt } = run.data
  const kind = recordFileKinds.find((known) => known === mapping?.kind)
  return (
    <Stack gap="md">
      {back}
      <PageHeader
        title={
          <Text span inherit style={{ overflowWrap: "anywhere" }}>
            {fileName}
          </Text>
        }
        subtitle={
          detected
            ? t("found", {
                rows: totalRows,
                columns: detected.headers.length,
                format: detected.format.toUpperCase(),
                encoding: detected.encoding ? t(`encodings.${detected.encoding}`) : "none",
              })
            : t("rows", { count: totalRows })
        }
      >
        <Group>
          <RunBadge state={state} />
        </Group>
      </PageHeader>
      {state !== "uploaded" || !detected || !mapping || !kind ? (
        <RunPanel run={run.data} />
      ) : checkedAt !== null && checkedAt !== leftCheck ? (
        <CheckedRun run={run.data} profile={{ ...mapping, kind }} onBack={() => setLeftCheck(checkedAt)} />
      ) : (
        <>
          <ReadAgainPanel run={run.data} />
          <MappingForm
            key={JSON.stringify(detected)}
            run={run.data}
            headers={detected.headers}
            suggested={{ ...mapping, kind }}
          />
        </>
      )}
      {kind === "terminals" && ["done", "cancelled", "failed"].includes(state) && run.data.rowsDone > 0 ? (
        <ResultsPanel run={run.data} />
      ) : null}
    </Stack>
  )
}
