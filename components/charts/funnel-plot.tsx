"use client"

import { Paper, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import {
  CartesianGrid,
  Legend,
  Line,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts"
import { funnelScales, type FunnelLimit, type FunnelPoint } from "@/components/charts/prepare/funnel-points"
import { axisName, axisStyle, chartMargin, gridColor, legendStyle } from "@/components/charts/style"

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
  names: { others: string; own: string; expected: string; ratio: string }
  number: (value: number) => string
}

function PointText({ point, names, number }: { point: FunnelPoint } & Pick<Props, "names" | "number">) {
  const colon = useTranslations("common")("colon")
  return (
    <Paper withBorder p="xs">
      <Text size="sm" fw={600}>
        {point.serial}
      </Text>
      <Text size="sm">{`${names.expected}${colon}${number(point.expected)}`}</Text>
      <Text size="sm">{`${names.ratio}${colon}${number(point.ratio)}`}</Text>
    </Paper>
  )
}

/** Draws the points and limits of `prepare/funnel-points`. */
export function FunnelPlot({ limits, others, own, names, number }: Props) {
  const scales = funnelScales([...own, ...others])
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ScatterChart margin={chartMargin} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={gridColor} />
        <XAxis
          dataKey="expected"
          type="number"
          tickFormatter={number}
          {...axisStyle}
          {...scales.expected}
          height={44}
          label={{ ...axisName(names.expected), position: "insideBottom", offset: 6 }}
        />
        <YAxis
          dataKey="ratio"
          type="number"
          tickFormatter={number}
          {...axisStyle}
          {...scales.ratio}
          allowDataOverflow
          width={64}
          label={{ ...axisName(names.ratio), position: "insideLeft", offset: 16, angle: -90, dy: 40 }}
        />
        <Tooltip
          content={({ payload: [first] }) => {
            const point: FunnelPoint | undefined = first?.payload
            return point ? <PointText point={point} names={names} number={number} /> : null
          }}
        />
        <Legend {...legendStyle} />
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
            legendType="none"
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
      </ScatterChart>
    </ResponsiveContainer>
  )
}
