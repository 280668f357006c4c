"use client"

import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts"
import { axisStyle, chartMargin, gridColor, legendStyle, tooltipStyle } from "@/components/charts/style"

/** What is to be replaced in one quarter. */
export type ReplacementBar = { quarter: string; useEnd: number; cost: number }

type Props = { bars: readonly ReplacementBar[]; names: { useEnd: string; cost: string } }

/** Draws the terminals to replace by quarter and reason. */
export function ReplacementBars({ bars, names }: Props) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={[...bars]} margin={chartMargin} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={gridColor} />
        <XAxis dataKey="quarter" {...axisStyle} />
        <YAxis {...axisStyle} width={56} allowDecimals={false} />
        <Tooltip contentStyle={tooltipStyle} />
        <Legend {...legendStyle} />
        <Bar
          dataKey="useEnd"
          name={names.useEnd}
          stackId="units"
          fill="var(--mantine-color-red-6)"
          isAnimationActive={false}
        />
        <Bar
          dataKey="cost"
          name={names.cost}
          stackId="units"
          fill="var(--mantine-color-orange-6)"
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  )
}
