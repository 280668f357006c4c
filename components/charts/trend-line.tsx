"use client"

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts"
import type { TrendPoint } from "@/components/charts/prepare/trend-points"
import { axisStyle, chartMargin, gridColor, tooltipStyle } from "@/components/charts/style"

/** Draws the points of `prepare/trend-points`. */
export function TrendLine({
  points,
  name,
  label,
}: {
  points: TrendPoint[]
  name: string
  label: (at: string) => string
}) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={points} margin={chartMargin} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={gridColor} />
        <XAxis dataKey="at" tickFormatter={label} {...axisStyle} minTickGap={40} />
        <YAxis {...axisStyle} width={56} domain={["auto", "auto"]} />
        <Tooltip labelFormatter={(at) => label(String(at))} contentStyle={tooltipStyle} />
        <Line
          dataKey="value"
          name={name}
          type="linear"
          stroke="var(--mantine-primary-color-filled)"
          strokeWidth={2}
          dot={false}
          connectNulls={false}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  )
}
