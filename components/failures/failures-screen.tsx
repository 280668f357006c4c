"use client"

import { Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { useMemo } from "react"
import { failureCard, failureColumns, nameOf, type FailureRow } from "@/components/failures/failure-columns"
import { FailureFilters } from "@/components/failures/failure-filters"
import { failuresQuery, failuresView, linkWithin, type FailuresView } from "@/components/failures/view"
import { DataTable } from "@/components/tables/data-table"
import { AsOf } from "@/components/ui/as-of"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { percentText } from "@/components/ui/percent"
import { usePeriodText } from "@/components/ui/period"
import { failureRatesOptions } from "@/lib/insight/rates/queries"
import type { FailureRatePage } from "@/lib/insight/rates/schemas"

const idOf = ({ value }: FailureRow) => value ?? ""

const rowOf = (
  row: FailureRatePage["data"][number],
  { groupBy }: FailureRatePage,
  view: FailuresView,
): FailureRow => ({ ...row, groupBy, within: linkWithin(view) })

/** The period of an address that the API has not answered, so that it can be cleared if it is refused. */
const asWritten = ({ from, to }: FailuresView) => `${from ?? ""} – ${to ?? ""}`

/** Failed sales by what they have in common, with links to the rows behind each number. */
export function FailuresScreen() {
  const t = useTranslations("failures")
  const tAll = useTranslations()
  const [view, setView] = useQueryStates(failuresView)
  const query = failuresQuery(view)
  const list = useQuery(failureRatesOptions(query))
  const periodText = usePeriodText()
  const page = list.data
  const isNow = view.from === null && view.to === null
  const rows = useMemo(() => page?.data.map((row) => rowOf(row, page, view)), [page, view])
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={page ? <AsOf at={page.asOf} /> : null} />
      <FailureFilters
        view={view}
        groupBy={query.groupBy}
        period={isNow ? null : page ? periodText(page) : asWritten(view)}
        onChange={(change) => void setView(change)}
      />
      {page ? <Total page={page} /> : null}
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
    </Stack>
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
      <Text fz={26} fw={700} lh={1.2}>
        {percentText(format, total.rate, 2)}
      </Text>
      <Text size="sm" c="dimmed">
        {t("failedOf", { failures: total.failures, attempts: total.attempts })} ·{" "}
        {t("before", { rate: percentText(format, total.previous.rate, 2) })}
      </Text>
      <Text size="sm" c="dimmed">
        {t("compared", { period: periodText(page), before: periodText(page.previousPeriod) })}
      </Text>
    </div>
  )
}
