"use client"

import { Badge, Group } from "@mantine/core"
import { useFormatter, useNow, useTranslations } from "next-intl"
import type { Flag } from "@/lib/insight/flags/schemas"

/** Whether somebody has seen a flag, who takes care of it, and until when it is snoozed. */
export function HandlingBadges({ flag }: { flag: Flag }) {
  const t = useTranslations("handling")
  const format = useFormatter()
  const now = useNow()
  const { acknowledgedAt, assignee, snoozedUntil } = flag
  const isSnoozed = snoozedUntil !== null && Date.parse(snoozedUntil) > now.getTime()
  if (acknowledgedAt === null && assignee === null && !isSnoozed) return null
  return (
    <Group gap={4}>
      {acknowledgedAt === null ? null : (
        <Badge variant="light" color="gray" tt="none">
          {t("acknowledged")}
        </Badge>
      )}
      {assignee === null ? null : (
        <Badge variant="light" color="blue" tt="none">
          {assignee}
        </Badge>
      )}
      {isSnoozed ? (
        <Badge variant="light" color="yellow" tt="none">
          {t("snoozedUntil", { on: format.dateTime(new Date(snoozedUntil), { dateStyle: "medium" }) })}
        </Badge>
      ) : null}
    </Group>
  )
}
