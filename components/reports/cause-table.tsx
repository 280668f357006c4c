"use client"

import { Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { SimpleTable } from "@/components/tables/simple-table"
import { CauseBadge } from "@/components/ui/badges"
import type { WeeklyReport } from "@/lib/outlook/reports/schemas"

/** Failures by cause, with the previous week. */
export function CauseTable({ report }: { report: WeeklyReport }) {
  const t = useTranslations("report")
  const format = useFormatter()
  const percent = (value: number | null | undefined) =>
    value === null || value === undefined
      ? "—"
      : format.number(value, { style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const rows = [
    ...report.byCause.map((row) => ({ key: row.cause, name: <CauseBadge cause={row.cause} />, row })),
    { key: "total", name: <b key="total">{t("total")}</b>, row: report.total },
  ]
  return (
    <>
      <SimpleTable
        minWidth={640}
        head={[
          { key: "cause", title: t("cause") },
          ...(["failures", "rate", "interval", "failuresBefore", "rateBefore"] as const).map((key) => ({
            key,
            title: t(key),
            align: "right" as const,
          })),
        ]}
        rows={rows.map(({ key, name, row }) => ({
          key,
          cells: [
            name,
            `${format.number(row.failures)} / ${format.number(row.attempts)}`,
            percent(row.rate),
            row.interval ? `${percent(row.interval[0])} – ${percent(row.interval[1])}` : "—",
            `${format.number(row.previous.failures)} / ${format.number(row.previous.attempts)}`,
            percent(row.previous.rate),
          ],
        }))}
      />
      <Text size="xs" c="dimmed" mt="xs">
        {t("rawText", { failures: report.total.raw.failures, attempts: report.total.raw.attempts })}
      </Text>
    </>
  )
}
