"use client"

import { Anchor, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { SparkLine } from "@/components/charts/spark-line"
import { hrefOf, nameOf } from "@/components/failures/failure-columns"
import type { FailuresLink } from "@/components/failures/view"
import type { Column } from "@/components/tables/columns"
import { expectedText } from "@/components/ui/expected"
import { intervalText, percentText } from "@/components/ui/percent"
import type { Party } from "@/lib/insight/parties/schemas"
import type { PartyKind } from "@/lib/insight/parties/words"
import { rate } from "@/lib/insight/rates/rate"

/** `within`: the period and filters of the page, which the links of a row keep. */
export type PartyRow = Party & { groupBy: PartyKind; within: FailuresLink }
type Cell = { row: PartyRow }

const Name = ({ row }: Cell) => {
  const t = useTranslations()
  return (
    <Anchor component={Link} href={hrefOf(row) ?? ""} size="sm" fw={600}>
      {nameOf(row, { t })}
    </Anchor>
  )
}
const Count = ({ count }: { count: number | null }) => {
  const format = useFormatter()
  return count === null ? "—" : format.number(count)
}
const Expected = ({ row: { expected } }: Cell) => {
  const format = useFormatter()
  return expected === null ? "—" : expectedText(format, expected)
}
const Percent = ({ share }: { share: number | null }) => percentText(useFormatter(), share, 2)
const Interval = ({ row: { interval } }: Cell) => {
  const format = useFormatter()
  return <span style={{ whiteSpace: "nowrap" }}>{interval ? intervalText(format, interval) : "—"}</span>
}
const Declines = ({ of }: { of: Party["business"] }) => (
  <>
    <Percent share={of.rate} />{" "}
    <Text span size="xs" c="dimmed">
      <Count count={of.failures} />
    </Text>
  </>
)
const Trend = ({ row }: Cell) => {
  const t = useTranslations()
  const days = row.trend.map(({ day, failures, attempts }) => ({ day, value: rate(failures, attempts) }))
  return <SparkLine days={days} name={t("parties.trendOf", { name: nameOf(row, { t }) })} />
}

const columns: Column<PartyRow>[] = [
  { id: "name", value: ({ label, value }) => label ?? value, text: nameOf, cell: Name },
  { id: "attempts", value: ({ attempts }) => attempts, cell: ({ row }) => <Count count={row.attempts} /> },
  { id: "failures", value: ({ failures }) => failures, cell: ({ row }) => <Count count={row.failures} /> },
  { id: "expected", value: ({ expected }) => expected, cell: Expected },
  { id: "rate", value: ({ rate }) => rate, cell: ({ row }) => <Percent share={row.rate} /> },
  {
    id: "interval",
    value: ({ interval }) => interval?.[0] ?? null,
    text: ({ interval }, { format }) => interval && intervalText(format, interval),
    cell: Interval,
  },
  {
    id: "rateBefore",
    value: ({ previous }) => previous.rate,
    cell: ({ row }) => <Percent share={row.previous.rate} />,
  },
  {
    id: "business",
    value: ({ business }) => business.rate,
    cell: ({ row }) => <Declines of={row.business} />,
  },
  {
    id: "technical",
    value: ({ technical }) => technical.rate,
    cell: ({ row }) => <Declines of={row.technical} />,
  },
]

export const partyColumns: Column<PartyRow>[] = [
  ...columns.map((column) => ({ ...column, ...(column.id === "name" ? {} : { align: "right" as const }) })),
  { id: "trend", value: ({ trend }) => trend.length, text: () => null, cell: Trend, isSortable: false },
]
