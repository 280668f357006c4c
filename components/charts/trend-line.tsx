"use client"

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts"
import type { TrendPoint } from "@/components/charts/prepare/trend-points"

const axis = { fontSize: 12, fill: "var(--mantine-color-dimmed)" }

/** Draws what `prepare/trend-points` made ready. */
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
      <LineChart data={points} margin={{ top: 4, right: 8, bottom: 0, left: -8 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--mantine-color-default-border)" />
        <XAxis
          dataKey="at"
          tickFormatter={label}
          tick={axis}
          tickLine={false}
          axisLine={false}
          minTickGap={40}
        />
        <YAxis tick={axis} tickLine={false} axisLine={false} width={56} domain={["auto", "auto"]} />
        <Tooltip
          labelFormatter={(at) => label(String(at))}
          contentStyle={{
            background: "var(--mantine-color-body)",
            borderColor: "var(--mantine-color-default-border)",
            borderRadius: 8,
          }}
        />
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
