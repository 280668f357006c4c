"use client"

import { Anchor, Button, Collapse, Group, List, Stack, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { FlagCard } from "@/components/flags/flag-card"
import { FlagReason } from "@/components/flags/flag-reason"
import { KindBadge } from "@/components/ui/badges"
import { TimeAgo } from "@/components/ui/time-ago"
import { paths } from "@/lib/base/paths"
import type { Flag } from "@/lib/insight/flags/schemas"

/**
 * Flags that say the same of many terminals, as one card that opens; `isPart`: other pages may have more of
 * them.
 */
export function FlagGroup({ first, flags, isPart }: { first: Flag; flags: Flag[]; isPart: boolean }) {
  const t = useTranslations("flags")
  const [isOpen, { toggle }] = useDisclosure()
  const head = (
    <Stack gap={2}>
      <Group gap="xs">
        <KindBadge kind={first.kind} />
        <Text size="sm" fw={600}>
          {t("together", { count: flags.length, isPart: String(isPart) })}
        </Text>
      </Group>
      {first.reasons.map((reason, i) => (
        <Text key={`${reason.code} ${i}`} size="sm">
          <FlagReason reason={reason} />
        </Text>
      ))}
    </Stack>
  )
  return (
    <FlagCard flag={first} head={head}>
      <Group>
        <Button size="compact-xs" variant="light" aria-expanded={isOpen} onClick={toggle}>
          {isOpen ? t("hideTerminals") : t("showTerminals")}
        </Button>
      </Group>
      <Collapse expanded={isOpen}>
        <List size="sm" listStyleType="none" spacing={4}>
          {flags.map(({ id, terminal, store, sinceAt }) => (
            <List.Item key={id}>
              {terminal ? (
                <Anchor component={Link} href={paths.terminal(terminal.id)} size="sm" fw={600}>
                  {terminal.serial}
                </Anchor>
              ) : null}{" "}
              {store?.name}{" "}
              <Text span size="xs" c="dimmed">
                {t.rich("since", { time: () => <TimeAgo at={sinceAt} /> })}
              </Text>
            </List.Item>
          ))}
        </List>
      </Collapse>
    </FlagCard>
  )
}
