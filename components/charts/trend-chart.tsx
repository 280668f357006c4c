"use client"

import { ScrollArea, SegmentedControl, Skeleton, Stack } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import dynamic from "next/dynamic"
import { useState } from "react"
import { ChartFrame } from "@/components/charts/chart-frame"
import { scaleOf } from "@/components/charts/prepare/scale"
import { measuredSeries, trendPoints, type TrendSeries } from "@/components/charts/prepare/trend-points"
import { hourStyle } from "@/components/charts/style"
import { EmptyState } from "@/components/ui/empty-state"
import { oneOf } from "@/lib/base/one-of"
import type { Trend } from "@/lib/fleet/terminals/schemas"

const height = 220
const units: Record<TrendSeries, string> = {
  batteryMinPct: "%",
  signalAvgDbm: " dBm",
  latencyAvgMs: " ms",
  temperatureMaxC: " °C",
  storageMaxPct: "%",
  clockFastMinutes: "",
}
/** What the axis of a series always has. */
const always: Partial<Record<TrendSeries, readonly number[]>> = {
  batteryMinPct: [0, 100],
  latencyAvgMs: [0],
  storageMaxPct: [0, 100],
  clockFastMinutes: [0],
}

const TrendLine = dynamic(() => import("@/components/charts/trend-line").then((module) => module.TrendLine), {
  ssr: false,
  loading: () => <Skeleton height={height} />,
})

/** A measurement of a terminal over time, as a chart or a table. The user chooses which. */
export function TrendChart({ trend }: { trend: Trend | undefined }) {
  const t = useTranslations("charts")
  const tMeasure = useTranslations("measurements")
  const format = useFormatter()
  const [chosen, setChosen] = useState<TrendSeries | null>(null)
  if (!trend) return <Skeleton height={height} />
  const measured = measuredSeries(trend)
  const series = chosen ?? measured[0]
  if (!series) return <EmptyState title={t("noMeasurements")} />

  const points = trendPoints(trend, series)
  const label = (at: string) => format.dateTime(new Date(at), hourStyle)
  const number = (value: number) => `${format.number(value, { maximumFractionDigits: 1 })}${units[series]}`
  const scale = scaleOf(
    points.map(({ value }) => value),
    { has: always[series] ?? [] },
  )
  const rows = points
    .toReversed()
    .flatMap(({ at, value }) => (value === null ? [] : [{ key: at, cells: [label(at), number(value)] }]))
  return (
    <Stack gap="xs">
      <ScrollArea type="never">
        <SegmentedControl
          size="xs"
          value={series}
          onChange={(value) => setChosen(oneOf(measured, value))}
          data={measured.map((value) => ({ value, label: tMeasure(value) }))}
          aria-label={t("measurement")}
        />
      </ScrollArea>
      <ChartFrame name={tMeasure(series)} height={height} header={[t("time"), tMeasure(series)]} rows={rows}>
        <TrendLine points={points} name={tMeasure(series)} label={label} scale={scale} number={number} />
      </ChartFrame>
    </Stack>
  )
}
