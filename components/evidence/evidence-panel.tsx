"use client"

import { SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import dynamic from "next/dynamic"
import type { ReactNode } from "react"
import { ChartFrame } from "@/components/charts/chart-frame"
import {
  funnelLimits,
  funnelPoints,
  ownPoint,
  type FunnelPoint,
} from "@/components/charts/prepare/funnel-points"
import { dayStyle } from "@/components/charts/style"
import { SimpleTable } from "@/components/tables/simple-table"
import { dayText } from "@/components/ui/day-text"
import { ErrorState } from "@/components/ui/error-state"
import { expectedText } from "@/components/ui/expected"
import { Panel } from "@/components/ui/panel"
import { evidenceOptions } from "@/lib/insight/evidence/queries"
import type { Evidence } from "@/lib/insight/evidence/schemas"
import type { Flag, Reason } from "@/lib/insight/flags/schemas"

const height = 240
const FunnelPlot = dynamic(
  () => import("@/components/charts/funnel-plot").then((module) => module.FunnelPlot),
  { ssr: false, loading: () => <Skeleton height={height} /> },
)
const ExpectedBars = dynamic(
  () => import("@/components/charts/expected-bars").then((module) => module.ExpectedBars),
  { ssr: false, loading: () => <Skeleton height={height} /> },
)

type Finding = Extract<Reason, { code: "fails_often" }>

/** What speaks for a flag of the nights: over time, among other terminals, and what else could explain it. */
export function EvidencePanel({ flag }: { flag: Flag }) {
  const t = useTranslations("evidence")
  const finding = flag.reasons.find((reason) => reason.code === "fails_often")
  return finding && flag.terminal ? (
    <Panel title={t("title")}>
      <Content terminal={flag.terminal} finding={finding} />
    </Panel>
  ) : null
}

type Props = { terminal: { id: number; serial: string }; finding: Finding }

function Content({ terminal, finding }: Props) {
  const t = useTranslations("evidence")
  const found = useQuery(evidenceOptions(terminal.id, finding.rule))
  const evidence = found.data
  if (!evidence)
    return found.isError ? <ErrorState onRetry={() => void found.refetch()} /> : <Skeleton height={height} />
  const own = ownPoint(evidence, terminal.serial)
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      {evidence.days.length > 0 ? (
        <Part title={t("overTime")}>
          <OverTime evidence={evidence} alarmOn={finding.on} />
        </Part>
      ) : null}
      {own.length > 0 ? (
        <Part title={t("amongOthers")}>
          <AmongOthers evidence={evidence} own={own} serial={terminal.serial} />
        </Part>
      ) : null}
      <Part title={t("compared")}>
        <Compared finding={finding} />
      </Part>
    </SimpleGrid>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        {title}
      </Title>
      {children}
    </Stack>
  )
}

function useNumber(): (value: number) => string {
  const format = useFormatter()
  return (value) => format.number(value, { maximumFractionDigits: 1 })
}

function OverTime({ evidence: { days }, alarmOn }: { evidence: Evidence; alarmOn: string }) {
  const t = useTranslations("evidence")
  const format = useFormatter()
  const number = useNumber()
  const label = (day: string) => dayText(format, day, dayStyle)
  const names = { observed: t("observed"), expected: t("expected"), alarm: t("alarm") }
  return (
    <ChartFrame
      name={t("overTime")}
      height={height}
      header={[t("day"), t("observed"), t("expected")]}
      rows={days.toReversed().map(({ day, observed, expected }) => ({
        key: day,
        cells: [label(day), number(observed), number(expected)],
      }))}
    >
      <ExpectedBars days={days} alarmOn={alarmOn} names={names} label={label} number={number} />
    </ChartFrame>
  )
}

type Among = { evidence: Evidence; own: FunnelPoint[]; serial: string }

function AmongOthers({ evidence, own, serial }: Among) {
  const t = useTranslations("evidence")
  const number = useNumber()
  const others = funnelPoints(evidence)
  return (
    <Stack gap="xs">
      <ChartFrame
        name={t("amongOthers")}
        height={height}
        header={[t("terminal"), t("expected"), t("ratio")]}
        rows={[...own, ...others].map((point) => ({
          key: point.serial,
          cells: [point.serial, number(point.expected), number(point.ratio)],
        }))}
      >
        <FunnelPlot
          limits={funnelLimits([...own, ...others])}
          own={own}
          others={others}
          names={{ own: serial, others: t("others"), expected: t("expectedFailures"), ratio: t("ratio") }}
          number={number}
        />
      </ChartFrame>
      <Text size="xs" c="dimmed">
        {t("funnelText")}
      </Text>
    </Stack>
  )
}

function Compared({ finding: { ruledOut } }: { finding: Finding }) {
  const t = useTranslations("evidence")
  const format = useFormatter()
  if (ruledOut.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("nothingToCompare")}
      </Text>
    )
  return (
    <SimpleTable
      label={t("compared")}
      head={[
        { key: "what", title: t("what") },
        { key: "observed", title: t("observed"), align: "right" },
        { key: "expected", title: t("expected"), align: "right" },
      ]}
      rows={ruledOut.map(({ what, observed, expected }) => ({
        key: what,
        cells: [t(`rivals.${what}`), format.number(Math.round(observed)), expectedText(format, expected)],
      }))}
    />
  )
}
