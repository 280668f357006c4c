"use client"

import { Box, Button, Group, ScrollArea, SegmentedControl, Skeleton, Table } from "@mantine/core"
import dynamic from "next/dynamic"
import { useFormatter, useTranslations } from "next-intl"
import { useState } from "react"
import { measuredSeries, trendPoints, type TrendSeries } from "@/components/charts/prepare/trend-points"
import { EmptyState } from "@/components/ui/empty-state"
import type { Trend } from "@/lib/terminals/schemas"

const height = 220

const TrendLine = dynamic(() => import("@/components/charts/trend-line").then((module) => module.TrendLine), {
  ssr: false,
  loading: () => <Skeleton height={height} />,
})

/** One measurement of a terminal over time, chosen among those it sends, as a chart and as a table. */
export function TrendChart({ trend, timeZone }: { trend: Trend | undefined; timeZone: string }) {
  const t = useTranslations("charts")
  const tMeasure = useTranslations("measurements")
  const format = useFormatter()
  const [chosen, setChosen] = useState<TrendSeries | null>(null)
  const [isTable, setIsTable] = useState(false)
  if (!trend) return <Skeleton height={height} />
  const measured = measuredSeries(trend)
  const series = chosen ?? measured[0]
  if (!series) return <EmptyState title={t("noMeasurements")} />
  const points = trendPoints(trend, series)
  const label = (at: string) => format.dateTime(new Date(at), { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", timeZone })
  return (
    <Box>
      <ScrollArea type="never" mb="xs">
        <SegmentedControl size="xs" value={series} onChange={(value) => setChosen(measured.find((known) => known === value) ?? null)} data={measured.map((value) => ({ value, label: tMeasure(value) }))} aria-label={t("measurement")} />
      </ScrollArea>
      {isTable ? (
        <ScrollArea h={height} type="auto" tabIndex={0}>
          <Table stickyHeader striped>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("time")}</Table.Th>
                <Table.Th ta="right">{tMeasure(series)}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {points.toReversed().filter(({ value }) => value !== null).map(({ at, value }) => (
                <Table.Tr key={at}>
                  <Table.Td>{label(at)}</Table.Td>
                  <Table.Td ta="right">{value === null ? "—" : format.number(value, { maximumFractionDigits: 1 })}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      ) : (
        <Box h={height} role="img" aria-label={tMeasure(series)}>
          <TrendLine points={points} name={tMeasure(series)} label={label} />
        </Box>
      )}
      <Group mt="xs">
        <Button size="compact-xs" variant="subtle" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
          {isTable ? t("asChart") : t("asTable")}
        </Button>
      </Group>
    </Box>
  )
}
