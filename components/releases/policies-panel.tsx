"use client"

import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { EntryDrawer } from "@/components/catalogue/entry-drawer"
import { ComponentField, DayField, ModelField, TextField } from "@/components/catalogue/fields"
import { useDraft } from "@/components/catalogue/use-draft"
import { policyColumns } from "@/components/releases/policy-columns"
import { DataTable } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { Panel } from "@/components/ui/panel"
import { policiesOptions } from "@/lib/fleet/releases/queries"
import type { Policy, PolicyDraft } from "@/lib/fleet/releases/schemas"

const blank: PolicyDraft = { component: "app", minimumVersion: "", model: null, dueOn: null }

const idOf = ({ id }: Policy) => String(id)
const nameOf = ({ component, minimumVersion }: Policy) => `${component} ${minimumVersion}`

/** The minimum versions. Terminals below them get an update flag. */
export function PoliciesPanel({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("catalogue")
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
        nameOf={nameOf}
        onOpen={mayWrite ? setEdited : undefined}
        empty={<EmptyState title={t("noPolicies")}>{t("noPoliciesText")}</EmptyState>}
        minWidth={420}
      />
      {edited === null ? null : (
        <PolicyDrawer policy={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Panel>
  )
}

function PolicyDrawer({ policy, onClose }: { policy: Policy | null; onClose: () => void }) {
  const t = useTranslations("catalogue")
  const { component, minimumVersion, model, dueOn } = policy ?? blank
  const { draft, set } = useDraft<PolicyDraft>({ component, minimumVersion, model, dueOn })
  return (
    <EntryDrawer
      noun="release-policies"
      id={policy?.id ?? null}
      title={policy ? t("policy") : t("newPolicy")}
      draft={draft}
      onClose={onClose}
    >
      <ComponentField value={draft.component} onChange={set("component")} />
      <TextField
        label={t("minimumVersion")}
        value={draft.minimumVersion}
        onChange={(value) => set("minimumVersion")(value ?? "")}
        maxLength={64}
        isRequired
      />
      <ModelField value={draft.model} onChange={set("model")} />
      <DayField label={t("dueOn")} description={t("dueOnText")} value={draft.dueOn} onChange={set("dueOn")} />
    </EntryDrawer>
  )
}
