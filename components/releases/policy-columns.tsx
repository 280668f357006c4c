"use client"

import { useTranslations } from "next-intl"
import { Day } from "@/components/catalogue/day"
import { requirementsText } from "@/components/releases/requirements-text"
import { componentColumn, modelColumn } from "@/components/releases/shared-columns"
import type { Column } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import type { Policy } from "@/lib/fleet/releases/schemas"

function Due({ row: { dueOn } }: { row: Policy }) {
  const t = useTranslations("catalogue")
  return dueOn === null ? t("atOnce") : <Day on={dueOn} />
}

function Requires({ row, onOpen }: { row: Policy; onOpen?: () => void }) {
  return <NameCell name={requirementsText(row, useTranslations())} onOpen={onOpen} />
}

export const policyColumns: Column<Policy>[] = [
  componentColumn,
  {
    id: "requires",
    value: ({ minimumVersion }) => minimumVersion,
    text: (row, { t }) => requirementsText(row, t),
    cell: Requires,
  },
  modelColumn("allModels"),
  {
    id: "dueOn",
    value: ({ dueOn }) => dueOn,
    text: ({ dueOn }, { t }) => dueOn ?? t("catalogue.atOnce"),
    cell: Due,
  },
]
