"use client"

import { Anchor, Button, Collapse, List, Stack, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { StoreName } from "@/components/ui/store-name"
import { TimeAgo } from "@/components/ui/time-ago"
import { paths } from "@/lib/base/paths"
import type { Flag } from "@/lib/insight/flags/schemas"

/**
 * The number of terminals of a group of flags, and the terminals when opened. `isPart`: there may be more.
 */
export function TerminalsOfFlags({ flags, isPart }: { flags: Flag[]; isPart: boolean }) {
  const t = useTranslations("flags")
  const [isOpen, { toggle }] = useDisclosure()
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" fw={600}>
        {t("together", { count: flags.length, isPart: String(isPart) })}
      </Text>
      <Button size="compact-xs" variant="light" aria-expanded={isOpen} onClick={toggle}>
        {isOpen ? t("hideTerminals") : t("showTerminals")}
      </Button>
      <Collapse expanded={isOpen}>
        <List size="sm" listStyleType="none" spacing={4}>
          {flags.map(({ id, terminal, store, sinceAt }) => (
            <List.Item key={id}>
              {terminal ? (
                <Anchor component={Link} href={paths.terminal(terminal.id)} size="sm" fw={600}>
                  {terminal.serial}
                </Anchor>
              ) : null}{" "}
              <StoreName name={store?.name} />{" "}
              <Text span size="xs" c="dimmed">
                {store?.code} {t.rich("since", { time: () => <TimeAgo at={sinceAt} /> })}
              </Text>
            </List.Item>
          ))}
        </List>
      </Collapse>
    </Stack>
  )
}
