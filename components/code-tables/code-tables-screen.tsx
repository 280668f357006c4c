"use client"

import { Button, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ColumnsPanel } from "@/components/code-tables/columns-panel"
import { SystemCard, systemColumns, type System } from "@/components/code-tables/system-columns"
import { UploadDrawer } from "@/components/code-tables/upload-drawer"
import { WaitingPanel } from "@/components/code-tables/waiting-panel"
import { DataTable } from "@/components/tables/data-table"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { codeSystemsOptions } from "@/lib/fleet/code-packs/queries"

const idOf = ({ codeSystem }: System) => codeSystem

/** What response codes mean: the codes that wait for a cause, all tables, and how to write one. */
export function CodeTablesScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("codeTables")
  const [uploaded, setUploaded] = useState<string | null>(null)
  const list = useQuery(codeSystemsOptions())
  const systems = list.data?.data ?? []
  const open = mayWrite ? ({ codeSystem }: System) => setUploaded(codeSystem) : undefined
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        {mayWrite ? (
          <Button size="xs" onClick={() => setUploaded("")}>
            {t("upload")}
          </Button>
        ) : null}
      </PageHeader>
      <WaitingPanel query={list} codes={list.data?.unmapped} mayWrite={mayWrite} />
      <Panel title={t("tables")}>
        <DataTable
          name="code-tables"
          label={t("tables")}
          columns={systemColumns}
          title={(id) => t(`columns.${id}`)}
          rows={list.data?.data}
          query={list}
          rowId={idOf}
          nameOf={idOf}
          onOpen={open}
          card={(row) => <SystemCard row={row} onOpen={open && (() => open(row))} />}
          empty={null}
          minWidth={520}
        />
      </Panel>
      <ColumnsPanel />
      {uploaded === null ? null : (
        <UploadDrawer
          initial={uploaded}
          systems={systems.map(({ codeSystem }) => codeSystem)}
          onClose={() => setUploaded(null)}
        />
      )}
    </Stack>
  )
}
