"use client"

import { Badge, Group } from "@mantine/core"
import { useFormatter, useNow, useTranslations } from "next-intl"
import type { Flag } from "@/lib/insight/flags/schemas"

/** Whether somebody has seen a flag, who takes care of it, and until when it is snoozed. */
export function HandlingBadges({ flag }: { flag: Flag }) {
  const t = useTranslations("handling")
  const format = useFormatter()
  const now = useNow()
  const { acknowledgedAt, assignee, snoozedUntil, mutedUntil, remote } = flag
  const isAhead = (at: string | null) => at !== null && Date.parse(at) > now.getTime()
  const isQuiet = !isAhead(snoozedUntil) && !isAhead(mutedUntil)
  if (acknowledgedAt === null && assignee === null && remote === null && isQuiet) return null
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
      {remote === null ? null : (
        <Badge variant="light" color={remote.state === "helped" ? "teal" : "gray"} tt="none">
          {t(`tried.${remote.state}`, { action: t(`actions.${remote.action}`) })}
        </Badge>
      )}
      {mutedUntil !== null && isAhead(mutedUntil) ? (
        <Badge variant="light" color="yellow" tt="none">
          {t("mutedUntil", {
            at: format.dateTime(new Date(mutedUntil), { dateStyle: "medium", timeStyle: "short" }),
          })}
        </Badge>
      ) : null}
      {snoozedUntil !== null && isAhead(snoozedUntil) ? (
        <Badge variant="light" color="yellow" tt="none">
          {t("snoozedUntil", { on: format.dateTime(new Date(snoozedUntil), { dateStyle: "medium" }) })}
        </Badge>
      ) : null}
    </Group>
  )
}
