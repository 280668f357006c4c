"use client"

import { Anchor, Group, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { FlagReason } from "@/components/flags/flag-reason"
import { IncidentLink } from "@/components/flags/incident-link"
import { KindBadge } from "@/components/ui/badges"
import { StoreName } from "@/components/ui/store-name"
import { TimeAgo } from "@/components/ui/time-ago"
import { paths } from "@/lib/base/paths"
import type { Flag } from "@/lib/insight/flags/schemas"

/** A flag in two lines: what is due, where and why. */
export function FlagLine({ flag }: { flag: Flag }) {
  const t = useTranslations("flags")
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <KindBadge kind={flag.kind} />
        {flag.terminal ? (
          <Anchor component={Link} href={paths.terminal(flag.terminal.id)} size="sm" fw={600} truncate>
            {flag.terminal.serial}
          </Anchor>
        ) : (
          <IncidentLink flag={flag} />
        )}
        <Text size="sm" c="dimmed" truncate>
          <StoreName name={flag.store?.name} />{" "}
          <Text span size="xs">
            {flag.store?.code}
          </Text>
        </Text>
        <Text size="xs" c="dimmed" ml="auto" style={{ whiteSpace: "nowrap" }}>
          {t.rich("since", { time: () => <TimeAgo at={flag.sinceAt} /> })}
        </Text>
      </Group>
      {flag.reasons.map((reason, i) => (
        <Text key={`${reason.code} ${i}`} size="sm">
          <FlagReason reason={reason} />
        </Text>
      ))}
    </Stack>
  )
}
