"use client"

import { Badge, Code, Group, Text } from "@mantine/core"
import { useFormatter, useNow, useTranslations } from "next-intl"
import { personWith } from "@/components/audit/entry-words"
import { KeyActions } from "@/components/keys/key-actions"
import type { Column, ReaderFormat } from "@/components/tables/columns"
import { TimeAgo } from "@/components/ui/time-ago"
import { describeReach } from "@/lib/access/actor/describe-reach"
import { keyState } from "@/lib/access/keys/key-state"
import type { ApiKey } from "@/lib/access/keys/schemas"

const colors = { works: "teal", ending: "orange", expired: "gray", revoked: "gray" } as const

const dayWith = (at: string, { format }: ReaderFormat): string =>
  format.dateTime(new Date(at), { dateStyle: "medium" })
const reachWith = ({ reach }: ApiKey, { t }: ReaderFormat): string =>
  describeReach(reach, (key, values) => t(`reach.${key}`, values))
/** The day when the key expires, or when it was revoked. */
const endWith = ({ revokedAt, expiresAt }: ApiKey, words: ReaderFormat): string => {
  if (revokedAt) return `${words.t("keys.revoked")} ${dayWith(revokedAt, words)}`
  return expiresAt ? dayWith(expiresAt, words) : words.t("keys.noExpiry")
}
const madeWith = ({ createdAt, createdBy }: ApiKey, words: ReaderFormat): string =>
  `${dayWith(createdAt, words)}${createdBy ? ` · ${personWith(createdBy, words.t)}` : ""}`

/** A cell with the text that is also exported. */
const shown = (textWith: (row: ApiKey, words: ReaderFormat) => string) =>
  function Shown({ row }: { row: ApiKey }) {
    return textWith(row, { t: useTranslations(), format: useFormatter() })
  }

const Label = ({ row: { label } }: { row: ApiKey }) => (
  <Text size="sm" fw={600} miw="8rem">
    {label}
  </Text>
)

function State({ row }: { row: ApiKey }) {
  const t = useTranslations("keys")
  const state = keyState(row, useNow({ updateInterval: 60_000 }))
  return (
    <Badge color={colors[state]} variant="light">
      {t(`states.${state}`)}
    </Badge>
  )
}

function Scopes({ row: { scopes } }: { row: ApiKey }) {
  const t = useTranslations("keys")
  return (
    <Group gap={4}>
      {scopes.map((scope) => (
        <Badge key={scope} variant="default">
          {t(`scopes.${scope}`)}
        </Badge>
      ))}
    </Group>
  )
}

function LastUsed({ row: { lastUsedAt } }: { row: ApiKey }) {
  const t = useTranslations("keys")
  return lastUsedAt ? <TimeAgo at={lastUsedAt} /> : t("unused")
}

const Prefix = ({ prefix }: { prefix: string | null }) =>
  prefix ? <Code style={{ whiteSpace: "nowrap" }}>{prefix}…</Code> : "—"

export const keyColumns: Column<ApiKey>[] = [
  { id: "label", value: ({ label }) => label, cell: Label },
  { id: "prefix", value: ({ prefix }) => prefix, cell: ({ row }) => <Prefix prefix={row.prefix} /> },
  {
    id: "state",
    value: (row) => keyState(row, new Date()),
    text: (row, { t }) => t(`keys.states.${keyState(row, new Date())}`),
    cell: State,
  },
  {
    id: "scopes",
    value: ({ scopes }) => scopes.join(" "),
    text: ({ scopes }, { t }) => scopes.map((scope) => t(`keys.scopes.${scope}`)).join(t("common.comma")),
    cell: Scopes,
  },
  {
    id: "reach",
    value: ({ reach }) => (reach === null ? null : reach.stores.length),
    text: reachWith,
    cell: shown(reachWith),
    isSortable: false,
  },
  { id: "lastUsed", value: ({ lastUsedAt }) => lastUsedAt, cell: LastUsed },
  {
    id: "expires",
    value: ({ revokedAt, expiresAt }) => revokedAt ?? expiresAt,
    text: endWith,
    cell: shown(endWith),
  },
  { id: "made", value: ({ createdAt }) => createdAt, text: madeWith, cell: shown(madeWith) },
  {
    id: "successor",
    value: ({ successorPrefix }) => successorPrefix,
    cell: ({ row }) => <Prefix prefix={row.successorPrefix} />,
    isForWide: true,
  },
  { id: "actions", value: () => null, cell: KeyActions, isSortable: false, isAction: true, align: "right" },
]
