"use client"

import { Group, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { SimpleTable } from "@/components/tables/simple-table"
import { CauseBadge } from "@/components/ui/badges"
import type { WeeklyReport } from "@/lib/outlook/reports/schemas"

/** What is different now from the frozen report. */
export function ReportChanges({ changes }: Pick<WeeklyReport, "changes">) {
  const t = useTranslations("report")
  const format = useFormatter()
  if (changes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("nothingChanged")}
      </Text>
    )
  return (
    <SimpleTable
      label={t("changesTitle")}
      head={[
        { key: "figure", title: t("figure") },
        { key: "was", title: t("was"), align: "right" },
        { key: "is", title: t("is"), align: "right" },
      ]}
      rows={changes.map(({ figure, cause, was, is }) => ({
        key: `${figure} ${cause}`,
        cells: [
          <Group key="figure" gap="xs">
            {t(`figures.${figure}`)}
            {cause ? <CauseBadge cause={cause} /> : null}
          </Group>,
          format.number(was),
          format.number(is),
        ],
      }))}
    />
  )
}
