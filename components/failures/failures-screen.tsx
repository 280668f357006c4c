"use client"

import { Anchor, SegmentedControl, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { useQueryStates } from "nuqs"
import { useMemo } from "react"
import { FailureChart } from "@/components/charts/failure-chart"
import { Drill } from "@/components/failures/drill"
import { failureCard, failureColumns, nameOf, type FailureRow } from "@/components/failures/failure-columns"
import { FailureFilters } from "@/components/failures/failure-filters"
import { FollowedOfView } from "@/components/failures/followed-panel"
import { SalesList } from "@/components/failures/sales-list"
import { StoreMap } from "@/components/failures/store-map"
import {
  bucketPath,
  failuresQuery,
  failuresView,
  linkWithin,
  matrixQuery,
  seriesQuery,
  shows,
  type FailuresView,
} from "@/components/failures/view"
import { DataTable } from "@/components/tables/data-table"
import { AsOf } from "@/components/ui/as-of"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { percentText } from "@/components/ui/percent"
import { usePeriodText } from "@/components/ui/period"
import { oneOf } from "@/lib/base/one-of"
import { paths } from "@/lib/base/paths"
import { failureRatesOptions, failureSeriesOptions } from "@/lib/insight/rates/queries"
import type { FailureRatePage } from "@/lib/insight/rates/schemas"

/** The period of an address that the API has not answered, so that it can be cleared if it is refused. */
const asWritten = ({ from, to }: FailuresView) => `${from ?? ""} – ${to ?? ""}`

/** Without what only single sales are limited to. */
const noSale = {
  issuer: null,
  entryMode: null,
  operator: null,
  acquirer: null,
  release: null,
  cursor: null,
  sale: null,
}

/** Failed sales by what they have in common, by store, and one by one. Every step is an address. */
export function FailuresScreen() {
  const t = useTranslations("failures")
  const [view, setView] = useQueryStates(failuresView)
  const query = failuresQuery(view)
  const page = useQuery(failureRatesOptions(query)).data
  const periodText = usePeriodText()
  const isNow = view.from === null && view.to === null
  const groupBy = { groups: query.groupBy, stores: matrixQuery(view).groupBy, followed: null, sales: null }[
    view.show
  ]
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={page ? <AsOf at={page.asOf} /> : null}>
        <Anchor component={Link} href={paths.parties} size="sm" ml="auto">
          {t("parties")}
        </Anchor>
      </PageHeader>
      <FailureFilters
        view={view}
        groupBy={groupBy}
        period={isNow ? null : page ? periodText(page) : asWritten(view)}
        onChange={(change) => void setView({ ...change, cursor: null, sale: null })}
      />
      <Drill within={linkWithin(view)} />
      <SegmentedControl
        size="xs"
        value={view.show}
        onChange={(value) => void setView({ ...noSale, show: oneOf(shows, value) })}
        data={shows.map((value) => ({ value, label: t(`shows.${value}`) }))}
        aria-label={t("show")}
        style={{ alignSelf: "flex-start" }}
      />
      {view.show === "sales" ? (
        <SalesList view={view} onChange={(change) => void setView(change)} />
      ) : (
        <>
          {page ? <Total page={page} /> : null}
          <OverTime view={view} />
          {
            {
              groups: <Groups view={view} />,
              stores: <StoreMap view={view} />,
              followed: <FollowedOfView view={view} />,
            }[view.show]
          }
        </>
      )}
    </Stack>
  )
}

function OverTime({ view }: { view: FailuresView }) {
  const t = useTranslations("overview")
  const series = useQuery(failureSeriesOptions(seriesQuery(view)))
  return (
    <Panel title={t("failuresOverTime")}>
      {series.isError && !series.data ? (
        <ErrorState error={series.error} onRetry={() => void series.refetch()} />
      ) : (
        <FailureChart
          series={series.data}
          hrefOf={(at) => bucketPath(at, { ...linkWithin(view), groupBy: view.groupBy })}
        />
      )}
    </Panel>
  )
}

const idOf = ({ value }: FailureRow) => value ?? ""

const rowOf = (
  row: FailureRatePage["data"][number],
  { groupBy }: FailureRatePage,
  view: FailuresView,
): FailureRow => ({ ...row, groupBy, within: linkWithin(view) })

function Groups({ view }: { view: FailuresView }) {
  const t = useTranslations("failures")
  const tAll = useTranslations()
  const query = failuresQuery(view)
  const list = useQuery(failureRatesOptions(query))
  const page = list.data
  const rows = useMemo(() => page?.data.map((row) => rowOf(row, page, view)), [page, view])
  return (
    <>
      <DataTable
        name={`failures-${query.groupBy}`}
        label={t("title")}
        columns={failureColumns}
        title={(id) => (id === "name" ? t(`by.${page?.groupBy ?? query.groupBy}`) : t(`columns.${id}`))}
        rows={rows}
        query={list}
        rowId={idOf}
        nameOf={(row) => nameOf(row, { t: tAll })}
        card={failureCard}
        empty={<EmptyState title={t("none")}>{t("noneText")}</EmptyState>}
        minWidth={720}
      />
      {page && page.leftOut > 0 ? (
        <Text size="sm" c="dimmed">
          {t("leftOut", { count: page.leftOut })}
        </Text>
      ) : null}
    </>
  )
}

/** The sum of all groups, and what it is compared with. */
function Total({ page }: { page: FailureRatePage }) {
  const t = useTranslations("overview")
  const format = useFormatter()
  const periodText = usePeriodText()
  const { total } = page
  return (
    <div>
      {total.attempts > 0 ? (
        <>
          <Text fz={26} fw={700} lh={1.2}>
            {percentText(format, total.rate, 2)}
          </Text>
          <Text size="sm" c="dimmed">
            {t("failedOf", { failures: total.failures, attempts: total.attempts })} ·{" "}
            {t("before", { rate: percentText(format, total.previous.rate, 2) })}
          </Text>
        </>
      ) : null}
      <Text size="sm" c="dimmed">
        {t("compared", { period: periodText(page), before: periodText(page.previousPeriod) })}
      </Text>
    </div>
  )
}
