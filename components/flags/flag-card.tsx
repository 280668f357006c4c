"use client"

import { Anchor, Group, Paper, Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import type { ReactNode } from "react"
import { adviceOf } from "@/components/flags/advice"
import { FlagHistory } from "@/components/flags/flag-history"
import { FlagLine } from "@/components/flags/flag-line"
import { FlagRule } from "@/components/flags/flag-rule"
import { HandlingBadges } from "@/components/flags/handling-badges"
import { HeadedText } from "@/components/flags/headed-text"
import { RemoteFirst } from "@/components/flags/remote-first"
import { amountText } from "@/components/ui/amount"
import { TimeAgo } from "@/components/ui/time-ago"
import { useGap } from "@/components/ui/use-language"
import { paths } from "@/lib/base/paths"
import type { Flag } from "@/lib/insight/flags/schemas"

/** A flag with its reasons, what to do and what clears it, and what may help without a visit. */
export function FlagCard({ flag, canHandle }: { flag: Flag; canHandle: boolean }) {
  const t = useTranslations("flags")
  return (
    <Paper component="article" withBorder p="md" aria-label={t(`rules.${flag.rule}.name`)}>
      <FlagBody flag={flag} head={<FlagLine flag={flag} />} />
      {canHandle && flag.status === "open" ? <RemoteFirst flag={flag} /> : null}
    </Paper>
  )
}

/** The text of a flag, without a frame. `children` are the terminals of a group, which have no history. */
export function FlagBody({ flag, head, children }: { flag: Flag; head: ReactNode; children?: ReactNode }) {
  const t = useTranslations("flags")
  const format = useFormatter()
  const gap = useGap()
  return (
    <Stack gap="xs">
      {head}
      <HeadedText head={t("todo")}>
        {t(`rules.${adviceOf(flag)}.toDo`)}
        {gap}
        <CoachingLink flag={flag} />
      </HeadedText>
      {flag.stake && !children ? (
        <HeadedText head={t("stake")}>
          {t("perWeek", { amount: amountText(format, flag.stake.amountMinor, flag.stake.currency) })}
        </HeadedText>
      ) : null}
      <HeadedText head={t("clears")} c="dimmed">
        {t(`rules.${flag.rule}.clears`)}
      </HeadedText>
      {children ? null : <FlagRule flag={flag} />}
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

/** Where the store's coaching sheet is, if cashiers are to be trained. */
export function CoachingLink({ flag: { kind, store } }: { flag: Flag }) {
  const t = useTranslations("flags")
  return kind === "training" && store ? (
    <Anchor component={Link} href={paths.coaching(store.id)} size="sm">
      {t("coaching")}
    </Anchor>
  ) : null
}
