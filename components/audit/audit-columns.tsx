"use client"

import { Stack, Text, UnstyledButton } from "@mantine/core"
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react"
import { useFormatter, useTranslations } from "next-intl"
import { useState } from "react"
import { actionWith, actorWith, fieldsWith, subjectWith } from "@/components/audit/entry-words"
import { FieldList } from "@/components/audit/field-list"
import type { Column, ReaderFormat } from "@/components/tables/columns"
import type { AuditEntry } from "@/lib/access/audit/schemas"

type Cell = { row: AuditEntry }

const timeWith = ({ at }: AuditEntry, { format }: Pick<ReaderFormat, "format">): string =>
  format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "medium" })

const Action = ({ row: { action } }: Cell) => (
  <Text span size="sm" fw={600}>
    {actionWith(action, useTranslations())}
  </Text>
)
const Subject = ({ row: { subject } }: Cell) => subjectWith(subject, useTranslations())
/** An email breaks only where it is wider than the page. */
const Actor = ({ row: { by } }: Cell) => (
  <span style={{ overflowWrap: "break-word" }}>{actorWith(by, useTranslations())}</span>
)
const Time = ({ row }: Cell) => (
  <time dateTime={row.at} style={{ whiteSpace: "nowrap" }}>
    {timeWith(row, { format: useFormatter() })}
  </time>
)

/** The names of an entry's fields. They open to show the values before and after. */
function Fields({ row }: Cell) {
  const t = useTranslations()
  const [isOpen, setIsOpen] = useState(false)
  const names = fieldsWith(row, t)
  if (names === "")
    return (
      <Text span size="sm" c="dimmed">
        {t("audit.noFields")}
      </Text>
    )
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <Stack gap={4} miw={0}>
      <UnstyledButton fz="sm" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <Text span size="sm" lineClamp={2}>
          <Chevron size={14} aria-hidden style={{ verticalAlign: "-2px" }} /> {names}
        </Text>
      </UnstyledButton>
      {isOpen ? <FieldList before={row.before} after={row.after} /> : null}
    </Stack>
  )
}

/** The API sorts entries by time, newest first. */
export const auditColumns: Column<AuditEntry>[] = [
  {
    id: "action",
    value: ({ action }) => action,
    text: ({ action }, { t }) => actionWith(action, t),
    cell: Action,
    isSortable: false,
  },
  {
    id: "subject",
    value: ({ subject }) => subject.name,
    text: ({ subject }, { t }) => subjectWith(subject, t),
    cell: Subject,
    isSortable: false,
  },
  {
    id: "fields",
    value: () => null,
    text: (row, { t }) => fieldsWith(row, t),
    cell: Fields,
    isSortable: false,
  },
  {
    id: "by",
    value: ({ by }) => by.name,
    text: ({ by }, { t }) => actorWith(by, t),
    cell: Actor,
    isSortable: false,
  },
  { id: "at", value: ({ at }) => at, text: timeWith, cell: Time, isSortable: false },
  { id: "address", value: ({ address }) => address, isSortable: false, isForWide: true },
]

/** An entry on a phone. */
export const auditCard = (row: AuditEntry) => (
  <Stack gap={4} style={{ overflowWrap: "anywhere" }}>
    <Text size="sm" component="div">
      <Action row={row} /> <Subject row={row} />
    </Text>
    <Text size="xs" c="dimmed" component="div">
      <Time row={row} />
      {" · "}
      <Actor row={row} />
      {row.address ? ` · ${row.address}` : ""}
    </Text>
    <Fields row={row} />
  </Stack>
)
