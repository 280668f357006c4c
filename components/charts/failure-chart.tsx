"use client"

import { Button, Box, ScrollArea, Skeleton, Table } from "@mantine/core"
import dynamic from "next/dynamic"
import { useFormatter, useTranslations } from "next-intl"
import { useMemo, useState } from "react"
import { failureBars } from "@/components/charts/prepare/failure-bars"
import { EmptyState } from "@/components/ui/empty-state"
import { causes } from "@/lib/causes/cause"
import type { FailureSeries } from "@/lib/causes/schemas"

const height = 260

const FailureBars = dynamic(() => import("@/components/charts/failure-bars").then((module) => module.FailureBars), {
  ssr: false,
  loading: () => <Skeleton height={height} />,
})

/** Failure rate by cause over time with the period before, as a chart and as a table. */
export function FailureChart({ series, timeZone }: { series: FailureSeries | undefined; timeZone: string }) {
  const t = useTranslations("charts")
  const tCause = useTranslations("causes")
  const format = useFormatter()
  const [isTable, setIsTable] = useState(false)
  const bars = useMemo(() => (series ? failureBars(series) : []), [series])
  if (!series) return <Skeleton height={height} />
  if (bars.every(({ attempts }) => attempts === 0)) return <EmptyState title={t("noSales")}>{t("noSalesText")}</EmptyState>

  const label = (at: string) =>
    series.bucket === "hour"
      ? format.dateTime(new Date(at), { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", timeZone })
      : format.dateTime(new Date(`${at}T00:00:00Z`), { month: "numeric", day: "numeric", timeZone: "UTC" })
  const percent = (value: number | null) => (value === null ? "—" : format.number(value / 100, { style: "percent", maximumFractionDigits: 1 }))
  return (
    <Box>
      {isTable ? (
        <ScrollArea h={height} type="auto" tabIndex={0}>
          <Table stickyHeader striped>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("time")}</Table.Th>
                <Table.Th ta="right">{t("sales")}</Table.Th>
                {causes.map((cause) => (
                  <Table.Th key={cause} ta="right">{tCause(cause)}</Table.Th>
                ))}
                <Table.Th ta="right">{t("previous")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {bars.toReversed().filter(({ attempts }) => attempts > 0).map((bar) => (
                <Table.Tr key={bar.at}>
                  <Table.Td>{label(bar.at)}</Table.Td>
                  <Table.Td ta="right">{format.number(bar.attempts)}</Table.Td>
                  {causes.map((cause) => (
                    <Table.Td key={cause} ta="right">{percent(bar[cause])}</Table.Td>
                  ))}
                  <Table.Td ta="right">{percent(bar.previous)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      ) : (
        <Box h={height} role="img" aria-label={t("failureChart")}>
          <FailureBars bars={bars} label={label} percent={percent} />
        </Box>
      )}
      <Button mt="xs" size="compact-xs" variant="subtle" className="no-print" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
        {isTable ? t("asChart") : t("asTable")}
      </Button>
    </Box>
  )
}
