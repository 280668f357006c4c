"use client"

import { Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs"
import { RunCard } from "@/components/imports/run-card"
import { UploadZone } from "@/components/imports/upload-zone"
import { importView } from "@/components/imports/view"
import { Pager } from "@/components/tables/pager"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { given } from "@/lib/base/http/given"
import { recordFileKinds } from "@/lib/intake/imports/mapping/targets"
import { importListOptions } from "@/lib/intake/imports/runs/queries"

export function ImportsScreen({ mayImport }: { mayImport: boolean }) {
  const t = useTranslations("imports")
  const [{ cursor }, setView] = useQueryStates(importView)
  const [kind] = useQueryState("kind", parseAsStringLiteral(recordFileKinds))
  const list = useQuery(importListOptions(given({ cursor })))
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")} />
      {mayImport ? (
        <UploadZone kind={kind} />
      ) : (
        <Text size="sm" c="dimmed">
          {t("mayNot")}
        </Text>
      )}
      {list.isError ? <ErrorState onRetry={() => void list.refetch()} /> : null}
      {list.data === undefined && !list.isError ? <Skeleton height={200} /> : null}
      {list.data?.data.length === 0 ? <EmptyState title={t("none")}>{t("noneText")}</EmptyState> : null}
      <Stack gap="xs">
        {list.data?.data.map((run) => (
          <RunCard key={run.id} run={run} mayOpen={mayImport} />
        ))}
      </Stack>
      <Pager page={list.data} cursor={cursor} onMove={(to) => void setView({ cursor: to })} />
    </Stack>
  )
}
