"use client"

import { Skeleton } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import dynamic from "next/dynamic"
import { ChartFrame } from "@/components/charts/chart-frame"
import { replacedPath } from "@/components/replacements/view"
import { amountText } from "@/components/ui/amount"
import type { Forecast, ForecastRow } from "@/lib/outlook/replacements/schemas"

const height = 240
const ReplacementBars = dynamic(
  () => import("@/components/charts/replacement-bars").then((module) => module.ReplacementBars),
  { ssr: false, loading: () => <Skeleton height={height} /> },
)

type Quarterly = ForecastRow["quarters"][number]

/** The sums of all models by quarter. */
export function QuarterChart({ forecast: { data, quarters, currency } }: { forecast: Forecast }) {
  const t = useTranslations("replacements")
  const format = useFormatter()
  const sum = (i: number, of: keyof Quarterly) =>
    data.reduce((total, row) => total + (row.quarters[i]?.[of] ?? 0), 0)
  const bars = quarters.map(({ name }, i) => ({
    quarter: name,
    useEnd: sum(i, "useEnd"),
    cost: sum(i, "cost"),
  }))
  const names = { useEnd: t("whys.use_end"), cost: t("whys.cost") }
  return (
    <ChartFrame
      name={t("byQuarter")}
      height={height}
      header={[
        t("quarter"),
        names.useEnd,
        names.cost,
        ...(["budget", "failures", "repairs"] as const).map((id) => t(`columns.${id}`)),
      ]}
      rows={bars.map(({ quarter, useEnd, cost }, i) => ({
        key: quarter,
        href: replacedPath(quarter),
        cells: [
          quarter,
          format.number(useEnd),
          format.number(cost),
          amountText(format, sum(i, "budgetMinor"), currency),
          format.number(sum(i, "failures"), { maximumFractionDigits: 1 }),
          amountText(format, sum(i, "repairsMinor"), currency),
        ],
      }))}
    >
      <ReplacementBars bars={bars} names={names} />
    </ChartFrame>
  )
}
