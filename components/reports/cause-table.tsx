"use client"

import { Group, Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { SimpleTable } from "@/components/tables/simple-table"
import { CauseBadge } from "@/components/ui/badges"
import { intervalText, percentText } from "@/components/ui/percent"
import type { WeeklyReport } from "@/lib/outlook/reports/schemas"

/** Failures by cause, with the previous week. */
export function CauseTable({ report }: { report: WeeklyReport }) {
  const t = useTranslations("report")
  const format = useFormatter()
  const percent = (share: number | null) => percentText(format, share, 2)
  const rows = [
    ...report.byCause.map((row) => ({ key: row.cause, name: <CauseBadge cause={row.cause} />, row })),
    { key: "total", name: <b key="total">{t("total")}</b>, row: report.total },
  ]
  return (
    <>
      <div className="wide-only">
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
              row.interval ? intervalText(format, row.interval) : "—",
              `${format.number(row.previous.failures)} / ${format.number(row.previous.attempts)}`,
              percent(row.previous.rate),
            ],
          }))}
        />
      </div>
      <Stack gap="xs" className="narrow-only">
        {rows.map(({ key, name, row }) => (
          <Group key={key} justify="space-between" wrap="nowrap">
            {name}
            <Text size="sm" ta="right" component="div">
              {percent(row.rate)}{" "}
              <Text span size="xs" c="dimmed">
                {format.number(row.failures)} / {format.number(row.attempts)}
              </Text>
              <Text size="xs" c="dimmed">
                {t("rateBeforeShort", { rate: percent(row.previous.rate) })}
              </Text>
            </Text>
          </Group>
        ))}
      </Stack>
      <Text size="xs" c="dimmed" mt="xs">
        {t("rawText", { failures: report.total.raw.failures, attempts: report.total.raw.attempts })}
      </Text>
    </>
  )
}
