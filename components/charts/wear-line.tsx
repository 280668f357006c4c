"use client"

import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts"
import type { Scale } from "@/components/charts/prepare/scale"
import type { WearPicture } from "@/components/charts/prepare/wear-points"
import { axisStyle, chartMargin, gridColor, legendStyle, tooltipStyle } from "@/components/charts/style"

type Props = WearPicture & {
  limit: number
  scale: Scale
  names: { value: string; line: string; limit: string }
  label: (week: string) => string
  number: (value: number) => string
}

/** Draws a signal by week with its limit, its trend and when it reaches the limit. */
export function WearLine({ points, due, limit, scale, names, label, number }: Props) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={points} margin={{ ...chartMargin, top: 20 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={gridColor} />
        <XAxis dataKey="week" tickFormatter={label} {...axisStyle} minTickGap={40} />
        <YAxis {...axisStyle} {...scale} width={64} tickFormatter={number} />
        <Tooltip
          labelFormatter={(week) => label(String(week))}
          formatter={(value) => number(Number(value))}
          contentStyle={tooltipStyle}
        />
        <Legend {...legendStyle} />
        {due ? (
          <ReferenceArea x1={due.from} x2={due.to} fill="var(--mantine-color-orange-6)" fillOpacity={0.2} />
        ) : null}
        <ReferenceLine
          y={limit}
          stroke="var(--mantine-color-red-6)"
          label={{ value: names.limit, fontSize: 12, position: "top", fill: "var(--mantine-color-text)" }}
        />
        <Line
          dataKey="value"
          name={names.value}
          type="linear"
          stroke="var(--mantine-primary-color-filled)"
          strokeWidth={2}
          dot={{ r: 2 }}
          connectNulls={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="line"
          name={names.line}
          type="linear"
          stroke="var(--mantine-color-dimmed)"
          strokeDasharray="4 4"
          dot={false}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  )
}
