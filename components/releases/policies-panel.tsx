"use client"

import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { policyColumns } from "@/components/releases/policy-columns"
import { PolicyDrawer } from "@/components/releases/policy-drawer"
import { requirementsText } from "@/components/releases/requirements-text"
import { DataTable } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { Panel } from "@/components/ui/panel"
import { policiesOptions } from "@/lib/fleet/releases/queries"
import type { Policy } from "@/lib/fleet/releases/schemas"

const idOf = ({ id }: Policy) => String(id)

/** What is required of releases. Terminals that fall short get an update flag. */
export function PoliciesPanel({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("catalogue")
  const tAll = useTranslations()
  const [edited, setEdited] = useState<Policy | "new" | null>(null)
  const list = useQuery(policiesOptions())
  return (
    <Panel
      title={t("policies")}
      action={
        mayWrite ? (
          <Button size="xs" variant="light" onClick={() => setEdited("new")}>
            {t("newPolicy")}
          </Button>
        ) : null
      }
    >
      <DataTable
        name="release-policies"
        label={t("policies")}
        columns={policyColumns}
        title={t}
        rows={list.data?.data}
        query={list}
        rowId={idOf}
        nameOf={(row) => `${tAll(`components.${row.component}`)} ${requirementsText(row, tAll)}`}
        onOpen={mayWrite ? setEdited : undefined}
        empty={<EmptyState title={t("noPolicies")}>{t(mayWrite ? "noPoliciesText" : "addedBy")}</EmptyState>}
        minWidth={420}
      />
      {edited === null ? null : (
        <PolicyDrawer policy={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Panel>
  )
}
