"use client"

import { useTranslations } from "next-intl"
import { Day } from "@/components/catalogue/day"
import { componentColumn, modelColumn } from "@/components/releases/shared-columns"
import type { Column } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import type { Policy } from "@/lib/fleet/releases/schemas"

function Due({ row: { dueOn } }: { row: Policy }) {
  const t = useTranslations("catalogue")
  return dueOn === null ? t("atOnce") : <Day on={dueOn} />
}

export const policyColumns: Column<Policy>[] = [
  componentColumn,
  {
    id: "minimumVersion",
    value: ({ minimumVersion }) => minimumVersion,
    cell: ({ row, onOpen }) => <NameCell name={row.minimumVersion} onOpen={onOpen} />,
  },
  modelColumn("allModels"),
  {
    id: "dueOn",
    value: ({ dueOn }) => dueOn,
    text: ({ dueOn }, { t }) => dueOn ?? t("catalogue.atOnce"),
    cell: Due,
  },
]
