"use client"

import {
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Scatter,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts"
import type { FunnelLimit, FunnelPoint } from "@/components/charts/prepare/funnel-points"
import { axisStyle, chartMargin, gridColor, tooltipStyle } from "@/components/charts/style"

const lines = [
  ["low", "4 4"],
  ["high", "4 4"],
  ["farLow", "0"],
  ["farHigh", "0"],
] as const

type Props = {
  limits: FunnelLimit[]
  others: FunnelPoint[]
  own: FunnelPoint[]
  names: { others: string; own: string }
  number: (value: number) => string
}

/** Draws the points and limits of `prepare/funnel-points`. */
export function FunnelPlot({ limits, others, own, names, number }: Props) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart margin={chartMargin} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={gridColor} />
        <XAxis dataKey="expected" type="number" tickFormatter={number} {...axisStyle} domain={[0, "auto"]} />
        <YAxis dataKey="ratio" type="number" tickFormatter={number} {...axisStyle} width={56} />
        <Tooltip formatter={(value) => number(Number(value))} contentStyle={tooltipStyle} />
        {lines.map(([name, dash]) => (
          <Line
            key={name}
            data={limits}
            dataKey={name}
            type="linear"
            stroke="var(--mantine-color-dimmed)"
            strokeDasharray={dash}
            dot={false}
            tooltipType="none"
            isAnimationActive={false}
          />
        ))}
        <Scatter
          name={names.others}
          data={others}
          dataKey="ratio"
          fill="var(--mantine-color-gray-5)"
          isAnimationActive={false}
        />
        <Scatter
          name={names.own}
          data={own}
          dataKey="ratio"
          fill="var(--mantine-color-red-6)"
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
