"use client"

import { Group, SegmentedControl, SimpleGrid, Skeleton } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { parseAsStringLiteral, useQueryState } from "nuqs"
import { AvailabilityPanel } from "@/components/availability/availability-panel"
import { FailureChart } from "@/components/charts/failure-chart"
import { TrendChart } from "@/components/charts/trend-chart"
import { bucketPath } from "@/components/failures/view"
import { LostSales } from "@/components/lost-sales/lost-sales"
import { CauseList } from "@/components/overview/cause-list"
import { History } from "@/components/terminals/history"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { WearPanel } from "@/components/wear/wear-panel"
import { oneOf } from "@/lib/base/one-of"
import { datesOf, defaultRange, rangeNames } from "@/lib/base/time/range-names"
import { trendOptions } from "@/lib/fleet/terminals/read/queries"
import type { Terminal } from "@/lib/fleet/terminals/schemas"
import { failureRatesOptions, failureSeriesOptions } from "@/lib/insight/rates/queries"

/** A terminal's failures, measurements and history over a chosen range. */
export function TerminalCharts({ terminal }: { terminal: Terminal }) {
  const t = useTranslations("terminal")
  const tOverview = useTranslations("overview")
  const tLost = useTranslations("lostSales")
  const [range, setRange] = useQueryState("range", parseAsStringLiteral(rangeNames).withDefault(defaultRange))
  const series = useQuery(failureSeriesOptions({ range, terminal: terminal.id }))
  const rates = useQuery(failureRatesOptions({ range, groupBy: "cause", terminal: terminal.id }))
  const trend = useQuery(trendOptions(terminal.id, datesOf[range] ?? 1))
  return (
    <>
      <Group justify="flex-end">
        <SegmentedControl
          size="xs"
          value={range}
          onChange={(value) => void setRange(oneOf(rangeNames, value))}
          data={rangeNames.map((value) => ({ value, label: tOverview(`range.${value}`) }))}
          aria-label={tOverview("rangeLabel")}
        />
      </Group>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Panel title={tOverview("failuresOverTime")}>
          {series.isError && !series.data ? (
            <ErrorState onRetry={() => void series.refetch()} />
          ) : (
            <FailureChart
              series={series.data}
              hrefOf={(at) => bucketPath(at, { terminal: terminal.id, groupBy: "cause" })}
            />
          )}
        </Panel>
        <Panel title={tOverview("byCause")}>
          {rates.data ? (
            <CauseList rates={rates.data} hrefOf={() => null} />
          ) : rates.isError ? (
            <ErrorState onRetry={() => void rates.refetch()} />
          ) : (
            <Skeleton height={200} />
          )}
        </Panel>
        <Panel title={t("trend")}>
          {trend.isError && !trend.data ? (
            <ErrorState onRetry={() => void trend.refetch()} />
          ) : (
            <TrendChart trend={trend.data} />
          )}
        </Panel>
        <WearPanel terminalId={terminal.id} />
        <Panel title={tLost("title")}>
          <LostSales range={range} terminalId={terminal.id} />
        </Panel>
        <Panel title={t("history")}>
          <History entries={terminal.history} />
        </Panel>
      </SimpleGrid>
      <AvailabilityPanel range={range} terminal={terminal.id} />
    </>
  )
}
