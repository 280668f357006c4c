"use client"

import { Anchor, Skeleton, Stack, Text, Timeline } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { useState } from "react"
import { FlagRule } from "@/components/flags/flag-rule"
import { ErrorState } from "@/components/ui/error-state"
import { SideDrawer } from "@/components/ui/side-drawer"
import { TimeAgo } from "@/components/ui/time-ago"
import type { Flag } from "@/lib/insight/flags/schemas"
import { flagOptions } from "@/lib/insight/handling/queries"
import type { Event } from "@/lib/insight/handling/schemas"

/** A link that opens what people did with a flag. */
export function FlagHistory({ flag }: { flag: Flag }) {
  const t = useTranslations("handling")
  const colon = useTranslations("common")("colon")
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Anchor component="button" type="button" size="xs" display="block" onClick={() => setIsOpen(true)}>
        {t("history")}
      </Anchor>
      {isOpen ? (
        <SideDrawer
          title={flag.terminal ? `${t("history")}${colon}${flag.terminal.serial}` : t("history")}
          onClose={() => setIsOpen(false)}
        >
          <Stack gap="sm">
            <FlagRule flag={flag} />
            <History id={flag.id} />
          </Stack>
        </SideDrawer>
      ) : null}
    </>
  )
}

function History({ id }: { id: number }) {
  const t = useTranslations("handling")
  const flag = useQuery(flagOptions(id))
  if (!flag.data)
    return flag.isError ? <ErrorState onRetry={() => void flag.refetch()} /> : <Skeleton height={120} />
  const { events, openedAt } = flag.data
  return (
    <Timeline bulletSize={12} lineWidth={2}>
      {events.map(({ at, by, change }) => (
        <Timeline.Item key={at} title={<ChangeText change={change} />}>
          <Stack gap={0}>
            <Text size="xs" c="dimmed">
              {by} · <TimeAgo at={at} />
            </Text>
          </Stack>
        </Timeline.Item>
      ))}
      <Timeline.Item title={t("opened")}>
        <Text size="xs" c="dimmed">
          <TimeAgo at={openedAt} />
        </Text>
      </Timeline.Item>
    </Timeline>
  )
}

function ChangeText({ change }: { change: Event }) {
  const t = useTranslations("handling")
  const colon = useTranslations("common")("colon")
  const format = useFormatter()
  const day = (at: string) => format.dateTime(new Date(at), { dateStyle: "medium" })
  switch (change.what) {
    case "acknowledge":
      return t("acknowledged")
    case "assign":
      return change.to === null ? t("unassigned") : t("assignedTo", { to: change.to })
    case "snooze":
      return change.until === null ? t("woken") : t("snoozedUntil", { on: day(change.until) })
    case "comment":
      return change.text
    case "try":
      return t("asked", { action: t(`actions.${change.action}`) })
    case "tried":
      return t(`tried.${change.state}`, { action: t(`actions.${change.action}`) })
    case "find":
      return [t(`outcomes.${change.outcome}`), change.note].filter(Boolean).join(colon)
  }
}
