"use client"

import { Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { dayText } from "@/components/ui/day-text"
import { percentText } from "@/components/ui/percent"
import { terminalStatuses } from "@/lib/fleet/terminals/words"
import type { WeeklyReport } from "@/lib/outlook/reports/schemas"

/** Availability, and the numbers of terminals by status and model. */
export function FleetSummary({ report }: { report: WeeklyReport }) {
  const t = useTranslations("report")
  const tStatus = useTranslations("terminalStatuses")
  const format = useFormatter()
  const { availability, fleet } = report
  const statuses = terminalStatuses.filter((status) => fleet.byStatus[status] > 0)
  return (
    <Stack gap={6}>
      <Text fz={26} fw={700} lh={1.1}>
        {percentText(format, availability.share, 2)}
      </Text>
      <Text size="sm" c="dimmed">
        {t("availabilityText", { up: availability.upHours, open: availability.openHours })}
      </Text>
      {availability.hoursUntil !== null && availability.hoursUntil < report.to ? (
        <Text size="sm" c="dimmed">
          {t("availabilityUntil", { day: dayText(format, availability.hoursUntil) })}
        </Text>
      ) : null}
      {availability.terminalsWithoutHours > 0 ? (
        <Text size="sm" c="dimmed">
          {t("withoutHoursText", { count: availability.terminalsWithoutHours })}
        </Text>
      ) : null}
      <Text size="sm">
        {statuses.map((status) => `${tStatus(status)} ${fleet.byStatus[status]}`).join(" · ")}
      </Text>
      <Text size="sm" c="dimmed">
        {fleet.byModel.map(({ model, terminals }) => `${model ?? t("noModel")} ${terminals}`).join(" · ")}
      </Text>
    </Stack>
  )
}
