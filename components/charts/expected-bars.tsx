"use client"

import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts"
import { scaleOf } from "@/components/charts/prepare/scale"
import { axisStyle, chartMargin, gridColor, legendStyle, tooltipStyle } from "@/components/charts/style"
import type { Evidence } from "@/lib/insight/evidence/schemas"

type Props = {
  days: Evidence["days"]
  /** The day of the alarm. */
  alarmOn: string
  names: { observed: string; expected: string; alarm: string }
  label: (day: string) => string
  number: (value: number) => string
}

/** Draws observed and expected failures by day, with the day of the alarm. */
export function ExpectedBars({ days, alarmOn, names, label, number }: Props) {
  const scale = scaleOf(
    days.flatMap(({ observed, expected }) => [observed, expected]),
    { has: [0], isOfCounts: true },
  )
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={days} margin={{ ...chartMargin, top: 20 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={gridColor} />
        <XAxis dataKey="day" tickFormatter={label} {...axisStyle} minTickGap={40} />
        <YAxis {...axisStyle} {...scale} width={56} />
        <Tooltip
          labelFormatter={(day) => label(String(day))}
          formatter={(value) => number(Number(value))}
          contentStyle={tooltipStyle}
        />
        <Legend {...legendStyle} />
        <Bar
          dataKey="observed"
          name={names.observed}
          fill="var(--mantine-color-orange-6)"
          isAnimationActive={false}
        />
        <Line
          dataKey="expected"
          name={names.expected}
          type="linear"
          stroke="var(--mantine-color-dimmed)"
          strokeWidth={2}
          dot={false}
          isAnimationActive={false}
        />
        <ReferenceLine
          x={alarmOn}
          stroke="var(--mantine-color-red-6)"
          label={{ value: names.alarm, fontSize: 12, position: "top", fill: "var(--mantine-color-text)" }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
