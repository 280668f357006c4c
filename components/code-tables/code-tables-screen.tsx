"use client"

import { Anchor, Button, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { useState } from "react"
import { CodeDrawer } from "@/components/code-tables/code-drawer"
import { CodesPanel } from "@/components/code-tables/codes-panel"
import { ColumnsPanel } from "@/components/code-tables/columns-panel"
import { SystemCard, systemColumns, type System } from "@/components/code-tables/system-columns"
import { UploadDrawer } from "@/components/code-tables/upload-drawer"
import { codeTablesView } from "@/components/code-tables/view"
import { WaitingPanel } from "@/components/code-tables/waiting-panel"
import { DataTable } from "@/components/tables/data-table"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { codeSystemsOptions } from "@/lib/fleet/code-packs/queries"
import type { Waiting } from "@/lib/fleet/code-packs/schemas"

const idOf = ({ codeSystem }: System) => codeSystem

type Props = {
  mayWrite: boolean
  /** Codes wait for the whole organisation: a user of some stores does not see them. */
  seesWaiting: boolean
}

/** What response codes mean: the codes that wait for a cause, all tables or one, and how to write one. */
export function CodeTablesScreen({ mayWrite, seesWaiting }: Props) {
  const t = useTranslations("codeTables")
  const [uploaded, setUploaded] = useState<string | null>(null)
  const [mapped, setMapped] = useState<Waiting | null>(null)
  const [view, setView] = useQueryStates(codeTablesView)
  const list = useQuery(codeSystemsOptions())
  const systems = list.data?.data ?? []
  const shown = view.code === null ? mapped : { codeSystem: view.system, code: view.code }
  const open = ({ codeSystem }: System) => void setView({ system: codeSystem })
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        {mayWrite ? (
          <Button size="xs" onClick={() => setUploaded(view.system ?? "")}>
            {t("upload")}
          </Button>
        ) : null}
      </PageHeader>
      {view.system === null ? (
        <>
          {seesWaiting ? (
            <WaitingPanel query={list} codes={list.data?.unmapped} onMap={mayWrite ? setMapped : null} />
          ) : null}
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
              card={(row) => <SystemCard row={row} onOpen={() => open(row)} />}
              empty={null}
              minWidth={520}
            />
          </Panel>
          <ColumnsPanel />
        </>
      ) : (
        <>
          <Anchor component="button" size="sm" ta="left" onClick={() => void setView(null)}>
            {t("all")}
          </Anchor>
          <CodesPanel codeSystem={view.system} mayWrite={mayWrite} />
        </>
      )}
      {uploaded === null ? null : (
        <UploadDrawer
          initial={uploaded}
          systems={systems.map(({ codeSystem }) => codeSystem)}
          onClose={() => setUploaded(null)}
        />
      )}
      {shown?.codeSystem ? (
        <CodeDrawer
          codeSystem={shown.codeSystem}
          code={shown.code}
          mayWrite={mayWrite}
          onClose={() => {
            setMapped(null)
            void setView({ code: null })
          }}
        />
      ) : null}
    </Stack>
  )
}
