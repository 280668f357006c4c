"use client"

import { Group, Paper, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { FlagHistory } from "@/components/flags/flag-history"
import { FlagLine } from "@/components/flags/flag-line"
import { HandlingBadges } from "@/components/flags/handling-badges"
import { TimeAgo } from "@/components/ui/time-ago"
import type { Flag } from "@/lib/insight/flags/schemas"

/**
 * A flag with its reasons, what to do and what clears it. `head` replaces the terminal for a group of
 * flags.
 */
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
      <FlagBody flag={flag} head={head}>
        {children}
      </FlagBody>
    </Paper>
  )
}

/** The text of a flag, without a frame. `children` are the terminals of a group, which have no history. */
export function FlagBody({ flag, head, children }: { flag: Flag; head: ReactNode; children?: ReactNode }) {
  const t = useTranslations("flags")
  return (
    <Stack gap="xs">
      {head}
      <Text size="sm">
        <Text span fw={600}>
          {t("todo")}
        </Text>{" "}
        {t(`whatToDo.${adviceOf(flag)}`)}
      </Text>
      <Text size="sm" c="dimmed">
        <Text span fw={600}>
          {t("clears")}
        </Text>{" "}
        {t(`whatClears.${flag.rule}`)}
      </Text>
      {children ? null : (
        <Group gap="xs">
          <HandlingBadges flag={flag} />
          <FlagHistory flag={flag} />
        </Group>
      )}
      {flag.closedAt ? (
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {t.rich("closed", { time: () => <TimeAgo at={flag.closedAt ?? ""} /> })}
          </Text>
        </Group>
      ) : null}
      {children}
    </Stack>
  )
}

/** The message of what to do. Tampering has its own. */
export const adviceOf = ({ reasons, rule }: Flag) =>
  reasons.some(({ code }) => code === "tamper") ? "tamper" : rule
