"use client"

import { Anchor, Grid, SegmentedControl, Skeleton, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { parseAsStringLiteral, useQueryState } from "nuqs"
import { FailureChart } from "@/components/charts/failure-chart"
import { CauseList } from "@/components/overview/cause-list"
import { DataAge } from "@/components/overview/data-age"
import { DataIssues } from "@/components/overview/data-issues"
import { DemoProgress } from "@/components/overview/demo-progress"
import { FleetStates } from "@/components/overview/fleet-states"
import { GettingStarted } from "@/components/overview/getting-started"
import { TopFlags } from "@/components/overview/top-flags"
import { WorstStores } from "@/components/overview/worst-stores"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import type { Permission } from "@/lib/access/actor/permissions"
import { paths } from "@/lib/base/paths"
import { defaultRange, rangeNames } from "@/lib/base/time/range-names"
import { failureRatesOptions, failureSeriesOptions } from "@/lib/insight/rates/queries"
import { overviewOptions } from "@/lib/outlook/overview/queries"

export function OverviewScreen({ allowed }: { allowed: readonly Permission[] }) {
  const t = useTranslations("overview")
  const [range, setRange] = useQueryState("range", parseAsStringLiteral(rangeNames).withDefault(defaultRange))
  const state = useQuery(overviewOptions({ range }))
  const series = useQuery(failureSeriesOptions({ range }))
  const rates = useQuery(failureRatesOptions({ range, groupBy: "cause" }))

  if (!state.data)
    return state.isError ? <ErrorState onRetry={() => void state.refetch()} /> : <Skeleton height={400} />
  if (state.data.terminals === 0)
    return allowed.includes("imports:write") ? (
      <GettingStarted />
    ) : (
      <EmptyState title={t("noTerminals")}>{t("noTerminalsText")}</EmptyState>
    )
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={<DataAge overview={state.data} />}>
        <SegmentedControl
          size="xs"
          value={range}
          onChange={(value) => void setRange(rangeNames.find((known) => known === value) ?? null)}
          data={rangeNames.map((value) => ({ value, label: t(`range.${value}`) }))}
          aria-label={t("rangeLabel")}
        />
      </PageHeader>
      <DemoProgress percent={state.data.demoProgressPct} />
      <DataIssues overview={state.data} allowed={allowed} />
      {state.isError ? <ErrorState onRetry={() => void state.refetch()} /> : null}
      <FleetStates overview={state.data} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Panel title={t("failuresOverTime")}>
            {series.isError && !series.data ? (
              <ErrorState onRetry={() => void series.refetch()} />
            ) : (
              <FailureChart series={series.data} />
            )}
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Panel title={t("byCause")}>
            {rates.data ? (
              <CauseList rates={rates.data} />
            ) : rates.isError ? (
              <ErrorState onRetry={() => void rates.refetch()} />
            ) : (
              <Skeleton height={220} />
            )}
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Panel
            title={t("due")}
            action={
              <Anchor component={Link} href={paths.flags} size="sm">
                {t("allFlags")}
              </Anchor>
            }
          >
            <TopFlags overview={state.data} />
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Panel title={t("worstStores")}>
            <WorstStores overview={state.data} />
          </Panel>
        </Grid.Col>
      </Grid>
    </Stack>
  )
}
