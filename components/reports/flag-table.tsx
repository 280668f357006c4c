"use client"

import { Anchor, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { Fragment } from "react"
import { FlagReason } from "@/components/flags/flag-reason"
import { SimpleTable } from "@/components/tables/simple-table"
import { KindBadge } from "@/components/ui/badges"
import { StoreName } from "@/components/ui/store-name"
import { paths } from "@/lib/base/paths"
import type { ReportFlag } from "@/lib/outlook/reports/schemas"

/** Flags with their reasons. */
export function FlagTable({ flags, time }: { flags: ReportFlag[]; time: (at: string) => string }) {
  const t = useTranslations("report")
  if (flags.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("none")}
      </Text>
    )
  return (
    <SimpleTable
      minWidth={720}
      head={(["store", "terminal", "kind", "reason", "since"] as const).map((key) => ({
        key,
        title: t(key),
      }))}
      rows={flags.map((flag) => ({
        key: String(flag.id),
        cells: [
          <Fragment key="store">
            <StoreName name={flag.store?.name} />
            <Text size="xs" c="dimmed">
              {flag.store?.address}
            </Text>
          </Fragment>,
          flag.terminal ? (
            <Anchor key="terminal" component={Link} href={paths.terminal(flag.terminal.id)} size="sm">
              {flag.terminal.serial}
            </Anchor>
          ) : null,
          <KindBadge key="kind" kind={flag.kind} />,
          flag.reasons.map((reason, i) => (
            <Text key={`${reason.code} ${i}`} size="sm">
              <FlagReason reason={reason} />
            </Text>
          )),
          time(flag.sinceAt),
        ],
      }))}
    />
  )
}
