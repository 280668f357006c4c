"use client"

import { CartesianGrid, Dot, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts"
import type { Scale } from "@/components/charts/prepare/scale"
import type { TrendPoint } from "@/components/charts/prepare/trend-points"
import { axisStyle, chartMargin, gridColor, tooltipStyle } from "@/components/charts/style"

type DotProps = { cx?: number; cy?: number; payload?: TrendPoint }

/** A dot for a point that no line reaches. */
const LoneDot = ({ cx, cy, payload }: DotProps) =>
  payload?.isAlone && cx !== undefined && cy !== undefined ? (
    <Dot cx={cx} cy={cy} r={3} fill="var(--mantine-primary-color-filled)" />
  ) : null

/** Draws the points of `prepare/trend-points`. */
export function TrendLine({
  points,
  name,
  label,
  scale,
  number,
}: {
  points: TrendPoint[]
  name: string
  label: (at: string) => string
  scale: Scale
  /** A value with its unit. */
  number: (value: number) => string
}) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={points} margin={chartMargin} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={gridColor} />
        <XAxis dataKey="at" tickFormatter={label} {...axisStyle} minTickGap={40} />
        <YAxis {...axisStyle} {...scale} width={72} tickFormatter={number} />
        <Tooltip
          labelFormatter={(at) => label(String(at))}
          formatter={(value) => number(Number(value))}
          contentStyle={tooltipStyle}
        />
        <Line
          dataKey="value"
          name={name}
          type="linear"
          stroke="var(--mantine-primary-color-filled)"
          strokeWidth={2}
          dot={<LoneDot />}
          connectNulls={false}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  )
}
