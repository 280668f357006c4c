"use client"

import {
  Alert,
  Anchor,
  Badge,
  Grid,
  Group,
  Paper,
  Progress,
  SegmentedControl,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
} from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { parseAsStringLiteral, useQueryState } from "nuqs"
import { FailureChart } from "@/components/charts/failure-chart"
import { FlagLine } from "@/components/flags/flag-line"
import { CauseList } from "@/components/overview/cause-list"
import { GettingStarted } from "@/components/overview/getting-started"
import { AsOf } from "@/components/ui/as-of"
import { stateColor } from "@/components/ui/badges"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { Rate } from "@/components/ui/rate"
import { TimeAgo } from "@/components/ui/time-ago"
import type { Permission } from "@/lib/access/actor/permissions"
import { paths } from "@/lib/base/paths"
import { defaultRange, rangeNames } from "@/lib/base/time/range-names"
import { onlineStates } from "@/lib/fleet/terminals/words"
import { detectEverySeconds } from "@/lib/insight/flags/words"
import { failureRatesOptions, failureSeriesOptions } from "@/lib/insight/rates/queries"
import { overviewOptions } from "@/lib/outlook/overview/queries"
import type { Overview } from "@/lib/outlook/overview/schemas"

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
              <FailureChart series={series.data} timeZone={state.data.organisation.timeZone} />
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

function DataAge({ overview: { asOf, lastReceivedAt } }: { overview: Overview }) {
  const t = useTranslations("overview")
  return (
    <>
      <AsOf at={asOf} />
      {lastReceivedAt ? (
        <> · {t.rich("lastReceived", { time: () => <TimeAgo at={lastReceivedAt} /> })}</>
      ) : null}
    </>
  )
}

function DemoProgress({ percent }: { percent: number | null }) {
  const t = useTranslations("overview")
  if (percent === null || percent >= 100) return null
  return (
    <Alert color="teal" title={t("demoTitle")}>
      {t("demoText", { percent })}
      <Progress mt="xs" value={percent} aria-label={t("demoTitle")} />
    </Alert>
  )
}

/** Unmapped codes and rejected records, for users who may open those pages. */
function DataIssues({
  overview: { unmappedCodes, quarantined },
  allowed,
}: {
  overview: Overview
  allowed: readonly Permission[]
}) {
  const t = useTranslations("overview")
  if (unmappedCodes + quarantined === 0 || !allowed.includes("quarantine:read")) return null
  return (
    <Alert color="yellow" py="xs">
      {unmappedCodes > 0 ? <Text size="sm">{t("unmapped", { count: unmappedCodes })}</Text> : null}
      {quarantined > 0 ? (
        <Text size="sm">
          {t.rich("quarantined", {
            count: quarantined,
            link: (text) => (
              <Anchor component={Link} href={paths.quarantine} size="sm">
                {text}
              </Anchor>
            ),
          })}
        </Text>
      ) : null}
    </Alert>
  )
}

function FleetStates({ overview }: { overview: Overview }) {
  const t = useTranslations("overview")
  const tState = useTranslations("states")
  const format = useFormatter()
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} spacing="sm" component="section" aria-label={t("fleet")}>
      <StateCard
        href={paths.terminals}
        label={t("terminals")}
        value={format.number(overview.terminals)}
        note={overview.pending > 0 ? t("pending", { count: overview.pending }) : undefined}
      />
      {onlineStates.map((state) => (
        <StateCard
          key={state}
          href={`${paths.terminals}?state=${state}`}
          label={tState(state)}
          value={format.number(overview.states[state])}
          color={overview.states[state] > 0 ? stateColor[state] : undefined}
        />
      ))}
    </SimpleGrid>
  )
}

function StateCard({
  href,
  label,
  value,
  color,
  note,
}: {
  href: string
  label: string
  value: string
  color?: string | undefined
  note?: string | undefined
}) {
  return (
    <Paper component={Link} href={href} withBorder p="sm" c="inherit" style={{ textDecoration: "none" }}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fz={26} fw={700} lh={1.2} {...(color ? { c: color } : {})}>
        {value}
      </Text>
      {note ? (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      ) : null}
    </Paper>
  )
}

function TopFlags({ overview }: { overview: Overview }) {
  const t = useTranslations("overview")
  const tKind = useTranslations("flagKinds")
  const isUnchecked = overview.terminals > 0 && overview.states.unknown === overview.terminals
  if (overview.flags.length === 0 && isUnchecked)
    return (
      <EmptyState title={t("unchecked")}>{t("uncheckedText", { seconds: detectEverySeconds })}</EmptyState>
    )
  if (overview.flags.length === 0)
    return <EmptyState title={t("nothingDue")}>{t("nothingDueText")}</EmptyState>
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {Object.entries(overview.flagCounts).map(([kind, count]) => (
          <Badge
            key={kind}
            variant="default"
            component={Link}
            href={`${paths.flags}?kind=${kind}`}
            style={{ cursor: "pointer" }}
          >
            {tKind(kind)} {count}
          </Badge>
        ))}
      </Group>
      {overview.flags.map((flag) => (
        <FlagLine key={flag.id} flag={flag} />
      ))}
    </Stack>
  )
}

function WorstStores({ overview: { worstStores: stores, days } }: { overview: Overview }) {
  const t = useTranslations("overview")
  const format = useFormatter()
  const dateOf = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { month: "numeric", day: "numeric", timeZone: "UTC" })
  if (stores.length === 0) return <EmptyState title={t("noFailures")} />
  return (
    <Stack gap="xs">
      {stores.map((store) => (
        <Group key={store.id} justify="space-between" wrap="nowrap" gap="sm">
          <Stack gap={0} miw={0}>
            <Anchor component={Link} href={`${paths.terminals}?store=${store.id}`} size="sm" truncate>
              {store.name}
            </Anchor>
            <Text size="xs" c="dimmed" truncate>
              {store.merchant}
            </Text>
          </Stack>
          <Rate failures={store.failures} attempts={store.attempts} />
        </Group>
      ))}
      <Text size="xs" c="dimmed">
        {t("worstStoresNote", { first: dateOf(days.first), last: dateOf(days.last) })}
      </Text>
    </Stack>
  )
}
