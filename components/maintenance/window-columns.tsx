"use client"

import { Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import type { Column } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import { dayText } from "@/components/ui/day-text"
import { storeNameWith } from "@/components/ui/store-name"
import type { Window } from "@/lib/fleet/maintenance/schemas"

type Cell = { row: Window; onOpen?: () => void }

/** Whose terminals a window is for. A deleted place has no name. */
export const placeWith = ({ place }: Window, t: ReturnType<typeof useTranslations>): string =>
  place.kind === "store" && place.name !== null
    ? storeNameWith(place.name, t)
    : (place.name ?? t(`maintenance.places.${place.kind}`))

const Reason = ({ row, onOpen }: Cell) => <NameCell name={row.reason} onOpen={onOpen} />
const Place = ({ row }: Cell) => {
  const t = useTranslations()
  return (
    <>
      {placeWith(row, t)}
      {row.place.kind === "organisation" ? null : (
        <Text size="xs" c="dimmed">
          {t(`maintenance.places.${row.place.kind}`)}
        </Text>
      )}
    </>
  )
}

/** Its days and times by the clock of each store, which is not the reader's. */
const When = ({ row: { starts, ends, isWeekly, lastOn } }: Cell) => {
  const t = useTranslations("maintenance")
  const format = useFormatter()
  const clock = (text: string) =>
    format.dateTime(new Date(`${text.slice(0, 10)}T${text.slice(11)}Z`), {
      dateStyle: "medium",
      timeStyle: "short",
      timeZone: "UTC",
    })
  return (
    <>
      {clock(starts)} – {starts.slice(0, 10) === ends.slice(0, 10) ? ends.slice(11) : clock(ends)}
      {isWeekly ? (
        <Text size="xs" c="dimmed">
          {lastOn === null ? t("weekly") : t("weeklyUntil", { on: dayText(format, lastOn) })}
        </Text>
      ) : null}
    </>
  )
}
const Next = ({ row: { next } }: Cell) => {
  const format = useFormatter()
  return next === null
    ? "—"
    : format.dateTime(new Date(next.from), { dateStyle: "medium", timeStyle: "short" })
}

const columns: Column<Window>[] = [
  { id: "reason", value: ({ reason }) => reason, cell: Reason },
  { id: "place", value: ({ place }) => place.name, text: (row, { t }) => placeWith(row, t), cell: Place },
  { id: "when", value: ({ starts }) => starts, cell: When },
  { id: "next", value: ({ next }) => next?.from ?? null, cell: Next },
  { id: "madeBy", value: ({ madeBy }) => madeBy, isForWide: true },
]
/** The API answers the newest first. */
export const windowColumns = columns.map((column) => ({ ...column, isSortable: false }))
