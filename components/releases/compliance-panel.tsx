"use client"

import { SegmentedControl, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { parseAsStringLiteral, useQueryState } from "nuqs"
import { useMemo } from "react"
import { complianceColumns, type Grouped } from "@/components/releases/compliance-columns"
import { DataTable } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { Panel } from "@/components/ui/panel"
import { oneOf } from "@/lib/base/one-of"
import { complianceOptions } from "@/lib/fleet/compliance/queries"
import { complianceGroupings } from "@/lib/fleet/compliance/words"

const idOf = ({ id }: Grouped) => String(id)

/** How many terminals meet the policies, by component and model, region or merchant. */
export function CompliancePanel({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("compliance")
  const tAll = useTranslations()
  const [by, setBy] = useQueryState("by", parseAsStringLiteral(complianceGroupings).withDefault("model"))
  const list = useQuery(complianceOptions({ by }))
  const rows = useMemo(() => list.data?.data.map((row) => ({ ...row, by: list.data.by })), [list.data])
  return (
    <Panel
      title={t("title")}
      action={
        <SegmentedControl
          size="xs"
          aria-label={t("by")}
          value={by}
          onChange={(value) => void setBy(oneOf(complianceGroupings, value) ?? "model")}
          data={complianceGroupings.map((value) => ({ value, label: t(`groupings.${value}`) }))}
        />
      }
    >
      <DataTable
        name="compliance"
        label={t("title")}
        columns={complianceColumns}
        title={(id) => (id === "name" ? t(`groupings.${by}`) : tAll(`components.${id}`))}
        rows={rows}
        query={list}
        rowId={idOf}
        nameOf={({ name, by: of }) => name ?? t(`without.${of}`)}
        empty={<EmptyState title={t("none")}>{mayWrite ? t("noneText") : null}</EmptyState>}
        minWidth={760}
      />
      <Text size="xs" c="dimmed" mt="xs">
        {t("text")}
      </Text>
    </Panel>
  )
}
