"use client"

import { Anchor, Box, Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { adviceOf } from "@/components/flags/advice"
import { CoachingLink } from "@/components/flags/flag-card"
import { FlagHistory } from "@/components/flags/flag-history"
import { FlagReason, reasonWith } from "@/components/flags/flag-reason"
import { HandlingBadges } from "@/components/flags/handling-badges"
import { IncidentLink } from "@/components/flags/incident-link"
import { TerminalsOfFlags } from "@/components/flags/terminals-of-flags"
import type { Column } from "@/components/tables/columns"
import { amountText } from "@/components/ui/amount"
import { KindBadge } from "@/components/ui/badges"
import { StoreName, storeNameWith } from "@/components/ui/store-name"
import { TimeAgo } from "@/components/ui/time-ago"
import { paths } from "@/lib/base/paths"
import type { Flag } from "@/lib/insight/flags/schemas"

/** A flag or a group of flags with the same reasons. `isPart`: other pages may have more of the group. */
export type FlagRow = { first: Flag; flags: Flag[]; isPart: boolean }

const Terminal = ({ row: { first, flags, isPart } }: { row: FlagRow }) => {
  if (flags.length > 1) return <TerminalsOfFlags flags={flags} isPart={isPart} />
  return first.terminal ? (
    <Stack gap={0}>
      <Anchor component={Link} href={paths.terminal(first.terminal.id)} size="sm" fw={600}>
        {first.terminal.serial}
      </Anchor>
      <Text size="xs" c="dimmed">
        {first.terminal.model}
      </Text>
    </Stack>
  ) : (
    <IncidentLink flag={first} />
  )
}

const Why = ({ row: { first, flags } }: { row: FlagRow }) => (
  <>
    {first.reasons.map((reason, i) => (
      <Text key={`${reason.code} ${i}`} size="sm">
        <FlagReason reason={reason} />
      </Text>
    ))}
    {flags.length === 1 ? <HandlingBadges flag={first} /> : null}
  </>
)

const Todo = ({ row: { first } }: { row: FlagRow }) => {
  const t = useTranslations("flags")
  return (
    <Text size="sm">
      {t(`rules.${adviceOf(first)}.toDo`)} <CoachingLink flag={first} />
    </Text>
  )
}
const Clears = ({ row: { first } }: { row: FlagRow }) => {
  const t = useTranslations("flags")
  return (
    <Text size="sm" c="dimmed">
      {t(`rules.${first.rule}.clears`)}
    </Text>
  )
}
const Stake = ({ row: { first } }: { row: FlagRow }) => {
  const format = useFormatter()
  return first.stake ? amountText(format, first.stake.amountMinor, first.stake.currency) : "—"
}
const Since = ({ row: { first, flags } }: { row: FlagRow }) => {
  const t = useTranslations("flags")
  return (
    <Text size="sm" component="div">
      <TimeAgo at={first.sinceAt} />
      {first.closedAt ? (
        <Text size="xs" c="dimmed">
          {t.rich("closed", { time: () => <TimeAgo at={first.closedAt ?? ""} /> })}
        </Text>
      ) : null}
      {flags.length === 1 ? <FlagHistory flag={first} /> : null}
    </Text>
  )
}

export const flagColumns: Column<FlagRow>[] = [
  {
    // The id is the name of the sort in the API.
    id: "urgency",
    value: ({ first }) => first.kind,
    isSortable: true,
    text: ({ first }, { t }) => t(`flagKinds.${first.kind}`),
    cell: ({ row }) => <KindBadge kind={row.first.kind} />,
  },
  {
    id: "terminal",
    value: ({ first }) => first.terminal?.serial ?? null,
    cell: Terminal,
    isSortable: true,
  },
  {
    id: "store",
    value: ({ first }) => first.store?.name ?? null,
    text: ({ first }, { t }) => first.store && storeNameWith(first.store.name, t),
    cell: ({ row: { first, flags } }) =>
      flags.length > 1 ? null : (
        // The other columns have long texts. No word of a name breaks to make room for them.
        <Box miw="6em" style={{ overflowWrap: "break-word" }}>
          <StoreName name={first.store?.name ?? "—"} />
          <Text size="xs" c="dimmed">
            {first.store?.code}
          </Text>
        </Box>
      ),
    isSortable: true,
  },
  {
    id: "why",
    value: ({ first }) => first.reasons.length,
    text: ({ first }, words) =>
      first.reasons.map((reason) => reasonWith(reason, words)).join(words.t("common.semicolon")),
    cell: Why,
  },
  {
    id: "todo",
    value: ({ first }) => first.rule,
    text: ({ first }, { t }) => t(`flags.rules.${adviceOf(first)}.toDo`),
    cell: Todo,
  },
  {
    id: "clears",
    value: ({ first }) => first.rule,
    text: ({ first }, { t }) => t(`flags.rules.${first.rule}.clears`),
    cell: Clears,
    isForWide: true,
  },
  {
    id: "stake",
    value: ({ first }) => first.stake?.amountMinor ?? null,
    text: ({ first: { stake } }, { format }) =>
      stake && amountText(format, stake.amountMinor, stake.currency),
    cell: ({ row }) => (row.flags.length > 1 ? null : <Stake row={row} />),
    isSortable: true,
    align: "right",
  },
  { id: "since", value: ({ first }) => first.sinceAt, cell: Since, isSortable: true },
]
