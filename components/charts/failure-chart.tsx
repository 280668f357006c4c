"use client"

import { Skeleton } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import dynamic from "next/dynamic"
import { useMemo } from "react"
import { ChartFrame } from "@/components/charts/chart-frame"
import { failureBars } from "@/components/charts/prepare/failure-bars"
import { dayStyle, hourStyle } from "@/components/charts/style"
import { dayText } from "@/components/ui/day-text"
import { EmptyState } from "@/components/ui/empty-state"
import { percentText } from "@/components/ui/percent"
import { causes } from "@/lib/fleet/code-packs/cause"
import type { FailureSeries } from "@/lib/insight/rates/schemas"

const height = 300

const FailureBars = dynamic(
  () => import("@/components/charts/failure-bars").then((module) => module.FailureBars),
  {
    ssr: false,
    loading: () => <Skeleton height={height} />,
  },
)

/** Failure rates by cause over time, with the previous period, as a chart or a table. */
export function FailureChart({
  series,
  hrefOf,
}: {
  series: FailureSeries | undefined
  /** Where the sales of a bar are. */
  hrefOf: (at: string) => string
}) {
  const t = useTranslations("charts")
  const tCause = useTranslations("causes")
  const format = useFormatter()
  const bars = useMemo(() => (series ? failureBars(series) : []), [series])
  if (!series) return <Skeleton height={height} />
  if (bars.every(({ attempts }) => attempts === 0))
    return <EmptyState title={t("noSales")}>{t("noSalesText")}</EmptyState>

  const label = (at: string) =>
    series.bucket === "hour" ? format.dateTime(new Date(at), hourStyle) : dayText(format, at, dayStyle)
  const percent = (value: number | null) => percentText(format, value === null ? null : value / 100)
  const rows = bars
    .filter(({ attempts }) => attempts > 0)
    .toReversed()
    .map((bar) => ({
      key: bar.at,
      href: hrefOf(bar.at),
      cells: [
        label(bar.at),
        format.number(bar.attempts),
        ...causes.map((cause) => percent(bar[cause])),
        percent(bar.previous),
      ],
    }))
  return (
    <ChartFrame
      name={t("failureChart")}
      height={height}
      header={[t("time"), t("sales"), ...causes.map((cause) => tCause(cause)), t("previous")]}
      rows={rows}
    >
      <FailureBars bars={bars} label={label} percent={percent} hrefOf={hrefOf} />
    </ChartFrame>
  )
}
