"use client"

import { Group } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { subcauseWith } from "@/components/code-tables/subcause-name"
import { cashierOf } from "@/components/failures/failure-columns"
import { saleColumns, saleKey } from "@/components/failures/sale-columns"
import { SaleDrawer } from "@/components/failures/sale-drawer"
import { salesFilters, salesQuery, type FailuresView } from "@/components/failures/view"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { ClearFilter } from "@/components/ui/clear-filter"
import { EmptyState } from "@/components/ui/empty-state"
import { given } from "@/lib/base/http/given"
import { readWhole } from "@/lib/base/pages/read-whole"
import { failedSalesOptions } from "@/lib/insight/failed-sales/queries"

type Props = {
  view: FailuresView
  onChange: (change: Partial<{ [Name in keyof FailuresView]: FailuresView[Name] | null }>) => void
}

/** Single failed sales with their verdicts, the newest first. */
export function SalesList({ view, onChange }: Props) {
  const t = useTranslations("failures")
  const client = useQueryClient()
  const { cursor: _first, ...filter } = salesQuery(view)
  const list = useQuery(failedSalesOptions(salesQuery(view)))
  const page = list.data
  const open = page?.data.find((sale) => saleKey(sale) === view.sale)
  return (
    <>
      <SalesFilters view={view} acquirer={page?.data[0]?.acquirer ?? null} onChange={onChange} />
      <DataTable
        name="failed-sales"
        label={t("shows.sales")}
        columns={saleColumns}
        title={(id) => t(`saleColumns.${id}`)}
        rows={page?.data}
        query={list}
        rowId={saleKey}
        onOpen={(sale) => onChange({ sale: saleKey(sale) })}
        nameOf={(sale) => sale.id}
        empty={<EmptyState title={t("noSales")}>{t("noneText")}</EmptyState>}
        readRows={() =>
          readWhole((at) =>
            client.fetchQuery(failedSalesOptions({ ...filter, limit: 200, ...given({ cursor: at }) })),
          )
        }
        pager={
          <Pager page={page} cursor={view.cursor} onMove={(cursor) => onChange({ cursor, sale: null })} />
        }
        minWidth={1040}
      />
      {open ? <SaleDrawer sale={open} onClose={() => onChange({ sale: null })} /> : null}
    </>
  )
}

/** What the list is limited to beside the filters of the page. */
function SalesFilters({ view, acquirer, onChange }: Props & { acquirer: string | null }) {
  const t = useTranslations()
  const texts = {
    ...Object.fromEntries(salesFilters.map((name) => [name, view[name]])),
    subcause: view.subcause === null ? null : subcauseWith(view.subcause, t),
    code: view.code,
    entryMode: view.entryMode === null ? null : t(`entryModes.${view.entryMode}`),
    acquirer: view.acquirer === null ? null : (acquirer ?? view.acquirer),
    operator: view.operator === null ? null : cashierOf(view.operator),
  }
  const shown = Object.entries(texts).filter(([, value]) => value !== null)
  if (shown.length === 0) return null
  return (
    <Group gap="xs">
      {shown.map(([name, value]) => {
        const text = `${t(`failures.by.${name}`)}${t("common.colon")}${value}`
        return (
          <ClearFilter
            key={name}
            text={text}
            label={t("failures.clear", { text })}
            onClear={() => onChange({ [name]: null, cursor: null })}
          />
        )
      })}
    </Group>
  )
}
