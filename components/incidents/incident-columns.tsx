"use client"

import { Anchor, Text } from "@mantine/core"
import { useFormatter } from "next-intl"
import Link from "next/link"
import { ClassBadge, IncidentSubject, subjectWith } from "@/components/incidents/incident-title"
import type { Column } from "@/components/tables/columns"
import { expectedText } from "@/components/ui/expected"
import { daysText } from "@/components/ui/period"
import { TimeAgo } from "@/components/ui/time-ago"
import { paths } from "@/lib/base/paths"
import type { Incident } from "@/lib/insight/incidents/schemas"

type Cell = { row: Incident }

const Subject = ({ row }: Cell) => (
  <Anchor component={Link} href={paths.incident(row.id)} size="sm" fw={600}>
    <IncidentSubject incident={row} />
  </Anchor>
)

const Failures = ({ row: { observed, expected } }: Cell) => {
  const format = useFormatter()
  return (
    <Text size="sm" component="span">
      {format.number(Math.round(observed))}{" "}
      <Text span size="xs" c="dimmed">
        / {expectedText(format, expected)}
      </Text>
    </Text>
  )
}

/** Terminals that stand out by themselves, if any. Cards are tested at one terminal, which has no fault. */
const standingOut = (row: Incident): number | null =>
  row.class === "card-testing" || row.terminals === 0 ? null : row.terminals

const Terminals = ({ row }: Cell) => {
  const format = useFormatter()
  const terminals = standingOut(row)
  return terminals === null ? "—" : format.number(terminals)
}

const Days = ({ row: { firstOn, lastOn } }: Cell) => {
  const format = useFormatter()
  return daysText(format, firstOn, lastOn)
}

export const incidentColumns: Column<Incident>[] = [
  {
    id: "subject",
    value: ({ id }) => id,
    text: (row, { t }) => subjectWith(row, t),
    cell: Subject,
    isSortable: false,
  },
  {
    id: "class",
    value: (row) => row.class,
    text: (row, { t }) => t(`incidents.classes.${row.class}`),
    cell: ({ row }) => <ClassBadge of={row.class} />,
    isSortable: false,
  },
  {
    id: "days",
    value: ({ firstOn }) => firstOn,
    text: ({ firstOn, lastOn }) => (firstOn === lastOn ? firstOn : `${firstOn} – ${lastOn}`),
    cell: Days,
    isSortable: false,
  },
  {
    id: "failures",
    value: ({ observed }) => Math.round(observed),
    cell: Failures,
    isSortable: false,
    align: "right",
  },
  {
    id: "terminals",
    value: standingOut,
    cell: Terminals,
    isSortable: false,
    align: "right",
  },
  {
    id: "opened",
    value: ({ openedAt }) => openedAt,
    cell: ({ row }) => <TimeAgo at={row.openedAt} />,
    isSortable: false,
  },
]
