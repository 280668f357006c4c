"use client"

import { Anchor, Group, SegmentedControl, SimpleGrid, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { parseAsStringLiteral, useQueryState } from "nuqs"
import { FailureChart } from "@/components/charts/failure-chart"
import { TrendChart } from "@/components/charts/trend-chart"
import { FlagCard } from "@/components/flags/flag-card"
import { CauseList } from "@/components/overview/cause-list"
import { AlikeNotice } from "@/components/terminals/alike-notice"
import { History } from "@/components/terminals/history"
import { LabelBadges } from "@/components/terminals/label-badges"
import { PurchaseFacts } from "@/components/terminals/purchase-facts"
import { RecentBeats, RecentSales } from "@/components/terminals/recent-records"
import { StateFacts } from "@/components/terminals/state-facts"
import { TerminalMenu } from "@/components/terminals/terminal-menu"
import { StateBadge, StatusBadge } from "@/components/ui/badges"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { TimeAgo } from "@/components/ui/time-ago"
import { paths } from "@/lib/base/paths"
import { recordsOptions, terminalOptions, trendOptions } from "@/lib/fleet/terminals/read/queries"
import { flagListOptions } from "@/lib/insight/flags/queries"
import { failureRatesOptions, failureSeriesOptions } from "@/lib/insight/rates/queries"
import { bucketOf, hoursOf, ranges, defaultRange } from "@/lib/outlook/overview/words"

export function TerminalScreen({ terminalId, canChange }: { terminalId: number; canChange: boolean }) {
  const t = useTranslations("terminal")
  const tOverview = useTranslations("overview")
  const [range, setRange] = useQueryState("range", parseAsStringLiteral(ranges).withDefault(defaultRange))
  const hours = hoursOf[range]
  const terminal = useQuery(terminalOptions(terminalId))
  const flags = useQuery(flagListOptions({ terminal: terminalId, status: "open" }))
  const series = useQuery(
    failureSeriesOptions({
      hours,
      bucket: bucketOf(range),
      terminal: terminalId,
    }),
  )
  const rates = useQuery(failureRatesOptions({ hours, groupBy: "cause", terminal: terminalId }))
  const trend = useQuery(trendOptions(terminalId, hours / 24))
  const records = useQuery(recordsOptions(terminalId))

  if (!terminal.data)
    return terminal.isError ? (
      <ErrorState onRetry={() => void terminal.refetch()} />
    ) : (
      <Skeleton height={500} />
    )
  const {
    serial,
    tid,
    model,
    store,
    merchant,
    status,
    onlineState,
    onlineStateSince,
    supplier,
    boughtOn,
    warrantyUntil,
  } = terminal.data
  return (
    <Stack gap="md">
      <PageHeader
        title={serial}
        subtitle={
          <Group gap={6}>
            <Text span size="sm">
              {[tid, model, merchant].filter(Boolean).join(" · ")}
            </Text>
            <Anchor component={Link} size="sm" href={`${paths.terminals}?store=${store.id}`}>
              {store.name}
            </Anchor>
            <LabelBadges labels={terminal.data.labels} />
          </Group>
        }
      >
        <Group gap="xs">
          <StatusBadge status={status} />
          <StateBadge state={onlineState} />
          {onlineStateSince ? (
            <Text size="xs" c="dimmed">
              {t.rich("since", { time: () => <TimeAgo at={onlineStateSince} /> })}
            </Text>
          ) : null}
          {canChange ? <TerminalMenu terminal={terminal.data} /> : null}
        </Group>
      </PageHeader>
      {terminal.isError ? <ErrorState onRetry={() => void terminal.refetch()} /> : null}
      <AlikeNotice alike={terminal.data.alike} />
      {flags.data?.data.map((flag) => (
        <FlagCard key={flag.id} flag={flag} />
      ))}
      <Panel title={t("state")}>
        <StateFacts terminal={terminal.data} />
      </Panel>
      {(supplier ?? boughtOn ?? warrantyUntil) ? (
        <Panel title={t("purchase")}>
          <PurchaseFacts terminal={terminal.data} />
        </Panel>
      ) : null}
      <Group justify="flex-end">
        <SegmentedControl
          size="xs"
          value={range}
          onChange={(value) => void setRange(ranges.find((known) => known === value) ?? null)}
          data={ranges.map((value) => ({ value, label: tOverview(`range.${value}`) }))}
          aria-label={tOverview("rangeLabel")}
        />
      </Group>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Panel title={tOverview("failuresOverTime")}>
          {series.isError && !series.data ? (
            <ErrorState onRetry={() => void series.refetch()} />
          ) : (
            <FailureChart series={series.data} timeZone={store.timeZone} />
          )}
        </Panel>
        <Panel title={tOverview("byCause")}>
          {rates.data ? (
            <CauseList rates={rates.data} />
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
            <TrendChart trend={trend.data} timeZone={store.timeZone} />
          )}
        </Panel>
        <Panel title={t("history")}>
          <History entries={terminal.data.history} />
        </Panel>
      </SimpleGrid>
      {records.isError && !records.data ? <ErrorState onRetry={() => void records.refetch()} /> : null}
      <Panel title={t("recentSales")}>
        {records.data ? (
          records.data.sales.length > 0 ? (
            <RecentSales sales={records.data.sales} timeZone={store.timeZone} />
          ) : (
            <EmptyState title={t("noSales")} />
          )
        ) : (
          <Skeleton height={200} />
        )}
      </Panel>
      <Panel title={t("recentBeats")}>
        {records.data ? (
          records.data.beats.length > 0 ? (
            <RecentBeats beats={records.data.beats} timeZone={store.timeZone} />
          ) : (
            <EmptyState title={t("noBeats")} />
          )
        ) : (
          <Skeleton height={200} />
        )}
      </Panel>
    </Stack>
  )
}
