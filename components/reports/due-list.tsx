"use client"

import { Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { dayText } from "@/components/ui/day-text"
import { EmptyState } from "@/components/ui/empty-state"
import type { WeeklyReport } from "@/lib/outlook/reports/schemas"

/** Releases and models that are due. */
export function DueList({ report }: { report: WeeklyReport }) {
  const t = useTranslations("report")
  const tComponent = useTranslations("components")
  const format = useFormatter()
  const day = (on: string) => dayText(format, on)
  if (report.releasesDue.length + report.modelsDue.length === 0) return <EmptyState title={t("nothingDue")} />
  return (
    <Stack gap={6}>
      {report.releasesDue.map(({ component, minimum, model, dueOn, terminalsBehind }) => {
        const words = {
          component: tComponent(component),
          minimum: minimum ?? "none",
          model: model ?? t("allModels"),
          count: terminalsBehind,
        }
        return (
          <Text key={`${component} ${model} ${minimum}`} size="sm">
            {dueOn === null ? t("releaseText", words) : t("releaseDueText", { ...words, on: day(dueOn) })}
          </Text>
        )
      })}
      {report.modelsDue.map(({ model, useEndOn, terminals }) => (
        <Text key={`${model} ${useEndOn}`} size="sm">
          {t("modelText", { model, on: day(useEndOn), count: terminals })}
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {t(report.figures === "frozen" ? "dueThen" : "dueNow")}
      </Text>
    </Stack>
  )
}
