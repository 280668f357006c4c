"use client"

import { Grid, Group, SegmentedControl, Skeleton, Text, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { AvailabilityPanel } from "@/components/availability/availability-panel"
import { FailureChart } from "@/components/charts/failure-chart"
import { bucketPath, causePath, failuresPath } from "@/components/failures/view"
import { LostSales } from "@/components/lost-sales/lost-sales"
import { CauseList } from "@/components/overview/cause-list"
import { WorstStores } from "@/components/overview/worst-stores"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { usePeriodText } from "@/components/ui/period"
import { oneOf } from "@/lib/base/one-of"
import { rangeNames, type RangeName } from "@/lib/base/time/range-names"
import { failureRatesOptions, failureSeriesOptions } from "@/lib/insight/rates/queries"
import type { Overview } from "@/lib/outlook/overview/schemas"

type Props = { overview: Overview; range: RangeName; onRange: (range: RangeName) => void }

/** Failed sales of a range: over time, by cause, and the stores with the highest rates. */
export function FailuresSection({ overview, range, onRange }: Props) {
  const t = useTranslations("overview")
  const tLost = useTranslations("lostSales")
  const series = useQuery(failureSeriesOptions({ range }))
  const rates = useQuery(failureRatesOptions({ range, groupBy: "cause" }))
  const periodText = usePeriodText()
  return (
    <>
      <Group justify="space-between" gap="xs">
        <div>
          <Title order={2} size="h4">
            {t("failures")}
          </Title>
          <Text size="sm" c="dimmed">
            {rates.data
              ? t("compared", {
                  period: periodText(rates.data),
                  before: periodText(rates.data.previousPeriod),
                })
              : null}
          </Text>
        </div>
        <SegmentedControl
          size="xs"
          value={range}
          onChange={(value) => onRange(oneOf(rangeNames, value) ?? range)}
          data={rangeNames.map((value) => ({ value, label: t(`range.${value}`) }))}
          aria-label={t("rangeLabel")}
        />
      </Group>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Panel title={t("failuresOverTime")}>
            {series.isError && !series.data ? (
              <ErrorState onRetry={() => void series.refetch()} />
            ) : (
              <FailureChart series={series.data} hrefOf={bucketPath} />
            )}
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Panel title={t("byCause")}>
            {rates.data ? (
              <CauseList
                rates={rates.data}
                hrefOf={(cause) => (cause === null ? failuresPath({ range }) : causePath(cause, { range }))}
              />
            ) : rates.isError ? (
              <ErrorState onRetry={() => void rates.refetch()} />
            ) : (
              <Skeleton height={220} />
            )}
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Panel title={t("worstStores")}>
            <WorstStores overview={overview} range={range} />
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Panel title={tLost("title")}>
            <LostSales range={range} />
          </Panel>
        </Grid.Col>
        <Grid.Col span={12}>
          <AvailabilityPanel range={range} />
        </Grid.Col>
      </Grid>
    </>
  )
}
