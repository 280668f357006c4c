"use client"

import { Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import type { Column } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import { dayText } from "@/components/ui/day-text"
import { intervalText, percentText } from "@/components/ui/percent"
import { StoreName } from "@/components/ui/store-name"
import type { Training } from "@/lib/insight/trainings/schemas"

type Cell = { row: Training; onOpen?: () => void }

const Subject = ({ row, onOpen }: Cell) => <NameCell name={row.subject} onOpen={onOpen} />
const Day = ({ row }: Cell) => dayText(useFormatter(), row.heldOn)
const Who = ({ row: { store, operator } }: Cell) => {
  const t = useTranslations("trainings")
  return (
    <>
      {operator === null ? t("everybody") : t("cashier", { operator })}
      <Text size="xs" c="dimmed">
        <StoreName name={store.name} />
      </Text>
    </>
  )
}

/** A rate with its counts and interval. */
function Effect({ of: { attempts, failures, rate, interval } }: { of: Training["before"] }) {
  const format = useFormatter()
  if (rate === null) return "—"
  return (
    <>
      {percentText(format, rate, 2)}
      <Text size="xs" c="dimmed">
        {format.number(failures)} / {format.number(attempts)}
        {interval ? ` · ${intervalText(format, interval)}` : null}
      </Text>
    </>
  )
}

const columns: Column<Training>[] = [
  { id: "subject", value: ({ subject }) => subject, cell: Subject },
  { id: "heldOn", value: ({ heldOn }) => heldOn, cell: Day },
  {
    id: "who",
    value: ({ operator }) => operator,
    text: ({ store, operator }) => `${store.name} ${operator ?? ""}`,
    cell: Who,
  },
  {
    id: "before",
    value: ({ before }) => before.rate,
    cell: ({ row }) => <Effect of={row.before} />,
    align: "right",
  },
  {
    id: "after",
    value: ({ after }) => after.rate,
    cell: ({ row }) => <Effect of={row.after} />,
    align: "right",
  },
  { id: "recordedBy", value: ({ recordedBy }) => recordedBy, isForWide: true },
]
/** The API answers the latest first. */
export const trainingColumns = columns.map((column) => ({ ...column, isSortable: false }))
