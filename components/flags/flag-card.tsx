"use client"

import { Group, Paper, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { FlagLine } from "@/components/flags/flag-line"
import { TimeAgo } from "@/components/ui/time-ago"
import type { Flag } from "@/lib/insight/flags/schemas"

/** A flag whole: why, what to do, what clears it; or, with another `head`, all that say what it says. */
export function FlagCard({
  flag,
  head = <FlagLine flag={flag} />,
  children,
}: {
  flag: Flag
  head?: ReactNode
  children?: ReactNode
}) {
  const t = useTranslations("flags")
  return (
    <Paper component="article" withBorder p="md" aria-label={t(`rules.${flag.rule}`)}>
      <Stack gap="xs">
        {head}
        <Text size="sm">
          <Text span fw={600}>
            {t("todo")}
          </Text>{" "}
          {t(`whatToDo.${flag.reasons.some(({ code }) => code === "tamper") ? "tamper" : flag.rule}`)}
        </Text>
        <Text size="sm" c="dimmed">
          <Text span fw={600}>
            {t("clears")}
          </Text>{" "}
          {t(`whatClears.${flag.rule}`)}
        </Text>
        {flag.closedAt ? (
          <Group gap="xs">
            <Text size="xs" c="dimmed">
              {t.rich("closed", { time: () => <TimeAgo at={flag.closedAt ?? ""} /> })}
            </Text>
          </Group>
        ) : null}
        {children}
      </Stack>
    </Paper>
  )
}
