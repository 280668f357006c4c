"use client"

import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import {
  Bar,
  CartesianGrid,
  Cell,
  ComposedChart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts"
import type { FailureBar } from "@/components/charts/prepare/failure-bars"
import { axisStyle, chartMargin, gridColor, legendStyle, tooltipStyle } from "@/components/charts/style"
import { causeColor } from "@/components/ui/badges"
import { causes } from "@/lib/fleet/code-packs/cause"

type Props = {
  bars: FailureBar[]
  label: (at: string) => string
  percent: (value: number | null) => string
  /** Where a click on a bar leads. The table of the chart has the same links. */
  hrefOf: (at: string) => string
}

/** A tap shows the figures of a bar, as hovering does. */
const isOfMouse = (event: Event) => event instanceof PointerEvent && event.pointerType === "mouse"

/** Draws the buckets of `prepare/failure-bars`. The unfinished bucket is pale. */
export function FailureBars({ bars, label, percent, hrefOf }: Props) {
  const router = useRouter()
  const t = useTranslations("charts")
  const tCause = useTranslations("causes")
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={bars}
        margin={chartMargin}
        accessibilityLayer={false}
        style={{ cursor: "pointer" }}
        onClick={({ activeLabel }, { nativeEvent }) => {
          if (activeLabel !== undefined && isOfMouse(nativeEvent)) router.push(hrefOf(String(activeLabel)))
        }}
      >
        <CartesianGrid vertical={false} stroke={gridColor} />
        <XAxis dataKey="at" tickFormatter={label} {...axisStyle} minTickGap={40} />
        <YAxis tickFormatter={(value: number) => `${value}%`} {...axisStyle} width={56} />
        <Tooltip
          labelFormatter={(at) => label(String(at))}
          formatter={(value) => percent(typeof value === "number" ? value : null)}
          contentStyle={tooltipStyle}
        />
        <Legend {...legendStyle} />
        {causes.map((cause) => (
          <Bar
            key={cause}
            dataKey={cause}
            name={tCause(cause)}
            stackId="cause"
            fill={`var(--mantine-color-${causeColor[cause]}-6)`}
            isAnimationActive={false}
          >
            {bars.map((bar) => (
              <Cell key={bar.at} fillOpacity={bar.isOpen ? 0.5 : 1} />
            ))}
          </Bar>
        ))}
        <Line
          dataKey="previous"
          name={t("previous")}
          type="linear"
          stroke="var(--mantine-color-dimmed)"
          strokeDasharray="4 4"
          dot={false}
          connectNulls={false}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
