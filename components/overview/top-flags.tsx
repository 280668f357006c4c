"use client"

import { Badge, Group, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { FlagLine } from "@/components/flags/flag-line"
import { EmptyState } from "@/components/ui/empty-state"
import { paths } from "@/lib/base/paths"
import { detectEverySeconds } from "@/lib/insight/flags/words"
import type { Overview } from "@/lib/outlook/overview/schemas"

/** The most urgent flags, with counts by kind. */
export function TopFlags({ overview }: { overview: Overview }) {
  const t = useTranslations("overview")
  const tKind = useTranslations("flagKinds")
  const isUnchecked = overview.terminals > 0 && overview.states.unknown === overview.terminals
  if (overview.flags.length === 0 && isUnchecked)
    return (
      <EmptyState title={t("unchecked")}>{t("uncheckedText", { seconds: detectEverySeconds })}</EmptyState>
    )
  if (overview.flags.length === 0)
    return <EmptyState title={t("nothingDue")}>{t("nothingDueText")}</EmptyState>
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {Object.entries(overview.flagCounts).map(([kind, count]) => (
          <Badge
            key={kind}
            variant="default"
            component={Link}
            href={`${paths.flags}?kind=${kind}`}
            style={{ cursor: "pointer" }}
          >
            {tKind(kind)} {count}
          </Badge>
        ))}
      </Group>
      {overview.flags.map((flag) => (
        <FlagLine key={flag.id} flag={flag} />
      ))}
    </Stack>
  )
}
