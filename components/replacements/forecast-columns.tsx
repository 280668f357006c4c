"use client"

import { Anchor, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { replacedPath, unitsOf } from "@/components/replacements/view"
import type { Column } from "@/components/tables/columns"
import { amountText } from "@/components/ui/amount"
import { paths } from "@/lib/base/paths"
import type { Forecast, ForecastRow } from "@/lib/outlook/replacements/schemas"

type Quarterly = ForecastRow["quarters"][number]

const sum = ({ quarters }: ForecastRow, of: (quarter: Quarterly) => number): number =>
  quarters.reduce((total, quarter) => total + of(quarter), 0)

function Model({ row: { model } }: { row: ForecastRow }) {
  const t = useTranslations("replacements")
  if (!model) return t("noModel")
  return (
    <Anchor component={Link} size="sm" fw={600} href={paths.model(model.id)}>
      {model.name}
    </Anchor>
  )
}

function Units({ units, href }: { units: number; href: string }) {
  const format = useFormatter()
  if (units === 0)
    return (
      <Text span size="sm" c="dimmed">
        {format.number(units)}
      </Text>
    )
  return (
    <Anchor component={Link} size="sm" href={href} scroll={false}>
      {format.number(units)}
    </Anchor>
  )
}

function Amount({ minor, currency }: { minor: number; currency: string }) {
  return amountText(useFormatter(), minor, currency)
}

const quarterColumns = ({ quarters }: Forecast): Column<ForecastRow>[] =>
  quarters.map(({ name }, i) => {
    const units = (row: ForecastRow) => (row.quarters[i] ? unitsOf(row.quarters[i]) : 0)
    return {
      id: name,
      value: units,
      cell: ({ row }) => <Units units={units(row)} href={replacedPath(name, row.model?.id ?? 0)} />,
      align: "right",
      isLeftOutAtZero: true,
    }
  })

const amountColumn = (
  id: string,
  currency: string,
  minorOf: (row: ForecastRow) => number,
): Column<ForecastRow> => ({
  id,
  value: minorOf,
  text: (row, { format }) => amountText(format, minorOf(row), currency),
  cell: ({ row }) => <Amount minor={minorOf(row)} currency={currency} />,
  align: "right",
})

/** The columns of the forecast by model: a quarter's are the terminals to replace. */
export const forecastColumns = (forecast: Forecast): Column<ForecastRow>[] => [
  {
    id: "model",
    value: ({ model }) => model?.name ?? null,
    text: ({ model }, { t }) => model?.name ?? t("replacements.noModel"),
    cell: Model,
  },
  { id: "terminals", value: ({ terminals }) => terminals, align: "right" },
  ...quarterColumns(forecast),
  { id: "units", value: (row) => sum(row, unitsOf), align: "right" },
  amountColumn("budget", forecast.currency, (row) => sum(row, ({ budgetMinor }) => budgetMinor)),
  {
    id: "failures",
    value: (row) => Math.round(sum(row, ({ failures }) => failures) * 10) / 10,
    align: "right",
  },
  amountColumn("repairs", forecast.currency, (row) => sum(row, ({ repairsMinor }) => repairsMinor)),
]
