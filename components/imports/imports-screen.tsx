"use client"

import { Stack, Text } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs"
import { closedRunColumns, runColumns } from "@/components/imports/run-columns"
import { UploadZone } from "@/components/imports/upload-zone"
import { importView } from "@/components/imports/view"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { given } from "@/lib/base/http/given"
import { readWhole } from "@/lib/base/pages/read-whole"
import { recordFileKinds } from "@/lib/intake/imports/mapping/targets"
import { importListOptions } from "@/lib/intake/imports/runs/queries"
import type { ImportRun } from "@/lib/intake/imports/runs/schemas"

const idOf = ({ id }: ImportRun) => id
const nameOf = ({ fileName }: ImportRun) => fileName

export function ImportsScreen({ mayImport }: { mayImport: boolean }) {
  const t = useTranslations("imports")
  const [{ cursor }, setView] = useQueryStates(importView)
  const [kind] = useQueryState("kind", parseAsStringLiteral(recordFileKinds))
  const client = useQueryClient()
  const list = useQuery(importListOptions(given({ cursor })))
  const readRows = () =>
    readWhole((at) => client.fetchQuery(importListOptions({ limit: 100, ...given({ cursor: at }) })))
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
      <DataTable
        name="imports"
        label={t("title")}
        columns={mayImport ? runColumns : closedRunColumns}
        title={(id) => t(`listColumns.${id}`)}
        rows={list.data?.data}
        query={list}
        rowId={idOf}
        nameOf={nameOf}
        readRows={readRows}
        empty={<EmptyState title={t("none")}>{mayImport ? t("noneText") : null}</EmptyState>}
        pager={<Pager page={list.data} cursor={cursor} onMove={(to) => void setView({ cursor: to })} />}
        minWidth={860}
      />
    </Stack>
  )
}
