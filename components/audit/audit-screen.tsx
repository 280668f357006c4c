"use client"

import { Stack } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { auditCard, auditColumns } from "@/components/audit/audit-columns"
import { AuditFilters } from "@/components/audit/audit-filters"
import { actionWith } from "@/components/audit/entry-words"
import { auditView, type AuditFilter } from "@/components/audit/view"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { EmptyList } from "@/components/ui/empty-list"
import { PageHeader } from "@/components/ui/page-header"
import { useZones } from "@/components/ui/reader"
import { auditOptions } from "@/lib/access/audit/queries"
import type { AuditEntry } from "@/lib/access/audit/schemas"
import { given } from "@/lib/base/http/given"
import { readWhole } from "@/lib/base/pages/read-whole"
import { isDay, startOfDay, startOfNextDay } from "@/lib/base/time/reader-day"

const idOf = ({ id }: AuditEntry) => String(id)

/** The filter as the API takes it: instants instead of days. */
const filterOf = ({ by, action, subject, from, to }: AuditFilter, zone: string) => ({
  ...(by ? { by } : {}),
  ...(action ? { action } : {}),
  ...(subject ? { subject } : {}),
  ...(isDay(from) ? { from: startOfDay(from, zone) } : {}),
  ...(isDay(to) ? { to: startOfNextDay(to, zone) } : {}),
})

/** The audit log. */
export function AuditScreen() {
  const t = useTranslations()
  const client = useQueryClient()
  const [{ cursor, ...view }, setView] = useQueryStates(auditView)
  const filter = filterOf(view, useZones().organisation)
  const list = useQuery(auditOptions({ ...filter, ...given({ cursor }) }))
  const readRows = () =>
    readWhole((at) => client.fetchQuery(auditOptions({ ...filter, ...given({ cursor: at }), limit: 200 })))
  return (
    <Stack gap="md">
      <PageHeader title={t("audit.title")} subtitle={t("audit.subtitle")} />
      <AuditFilters
        view={view}
        filter={filter}
        onChange={(change) => void setView({ ...change, cursor: null })}
      />
      <DataTable
        name="audit"
        label={t("audit.title")}
        columns={auditColumns}
        title={(id) => t(`audit.columns.${id}`)}
        rows={list.data?.data}
        query={list}
        rowId={idOf}
        nameOf={({ action, subject }) => `${actionWith(action, t)} ${subject.name}`}
        card={auditCard}
        readRows={readRows}
        empty={
          <EmptyList
            isFiltered={Object.keys(filter).length > 0}
            noMatch={t("audit.noMatch")}
            none={t("audit.none")}
            onClear={() => void setView(null)}
          >
            {t("audit.noneText")}
          </EmptyList>
        }
        pager={<Pager page={list.data} cursor={cursor} onMove={(to) => void setView({ cursor: to })} />}
        minWidth={860}
      />
    </Stack>
  )
}
