"use client"

import { Anchor, Badge, Group, Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { Fragment } from "react"
import { FlagReason } from "@/components/flags/flag-reason"
import { SimpleTable } from "@/components/tables/simple-table"
import { KindBadge } from "@/components/ui/badges"
import { dayText } from "@/components/ui/day-text"
import { StoreName } from "@/components/ui/store-name"
import { paths } from "@/lib/base/paths"
import { groupFlags } from "@/lib/insight/flags/group-flags"
import { isByDate } from "@/lib/insight/flags/words"
import type { ReportFlag } from "@/lib/outlook/reports/schemas"

type Props = {
  flags: ReportFlag[]
  /** Flags that opened in the week, which are marked. */
  isNew: (flag: ReportFlag) => boolean
  timeZone: string
}

/** Flags with their reasons, those with the same reasons in one row. On phones, as a list. */
export function FlagTable(props: Props) {
  const t = useTranslations("report")
  const sinceText = useSinceText(props.timeZone)
  const { flags } = props
  if (flags.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("none")}
      </Text>
    )
  const groups = groupFlags(flags).flatMap(([first, ...others]) =>
    first ? [{ key: String(first.id), first, group: [first, ...others] }] : [],
  )
  return (
    <>
      <div className="wide-only">
        <SimpleTable
          minWidth={640}
          head={(["kind", "terminal", "reason", "since"] as const).map((key) => ({
            key,
            title: t(key),
            ...(key === "since" ? { width: 150 } : {}),
          }))}
          rows={groups.map(({ key, first, group }) => ({
            key,
            cells: [
              <KindBadge key="kind" kind={first.kind} />,
              <Terminals key="terminals" group={group} isNew={props.isNew} />,
              <Reasons key="reasons" flag={first} />,
              sinceText(first),
            ],
          }))}
        />
      </div>
      <Stack gap="md" className="narrow-only">
        {groups.map(({ key, first, group }) => (
          <Stack key={key} gap={2} component="article" aria-label={t("terminal")}>
            <Group gap="xs" justify="space-between">
              <KindBadge kind={first.kind} />
              <Text size="xs" c="dimmed">
                {sinceText(first)}
              </Text>
            </Group>
            <Reasons flag={first} />
            <Terminals group={group} isNew={props.isNew} />
          </Stack>
        ))}
      </Stack>
    </>
  )
}

/** Since when, as a date where a date decides, otherwise with the time. */
function useSinceText(timeZone: string): (flag: ReportFlag) => string {
  const format = useFormatter()
  return ({ rule, sinceOn, sinceAt }) =>
    isByDate(rule)
      ? dayText(format, sinceOn)
      : format.dateTime(new Date(sinceAt), { dateStyle: "medium", timeStyle: "short", timeZone })
}

const Reasons = ({ flag: { reasons } }: { flag: ReportFlag }) =>
  reasons.map((reason, i) => (
    <Text key={`${reason.code} ${i}`} size="sm">
      <FlagReason reason={reason} />
    </Text>
  ))

/** The terminals of a row with their stores. One alone has its address, for the technician. */
function Terminals({ group, isNew }: { group: ReportFlag[] } & Pick<Props, "isNew">) {
  const t = useTranslations("report")
  return (
    <Text size="sm" component="div">
      {group.map((flag, i) => (
        <Fragment key={flag.id}>
          {i > 0 ? "\u00A0· " : null}
          {flag.terminal ? (
            <Anchor component={Link} href={paths.terminal(flag.terminal.id)} size="sm">
              {flag.terminal.serial}
            </Anchor>
          ) : null}{" "}
          <StoreName name={flag.store?.name} />
          {isNew(flag) ? (
            <Badge size="xs" variant="light" ml={4}>
              {t("new")}
            </Badge>
          ) : null}
        </Fragment>
      ))}
      {group.length === 1 && group[0]?.store?.address ? (
        <Text size="xs" c="dimmed">
          {group[0].store.address}
        </Text>
      ) : null}
    </Text>
  )
}
