"use client"

import { Anchor, Button, Table } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Day } from "@/components/catalogue/day"
import { EntryDrawer } from "@/components/catalogue/entry-drawer"
import { EntryList } from "@/components/catalogue/entry-list"
import { EntryTable } from "@/components/catalogue/entry-table"
import { ComponentField, DayField, ModelField, TextField } from "@/components/catalogue/fields"
import { useDraft } from "@/components/catalogue/use-draft"
import { EmptyState } from "@/components/ui/empty-state"
import { Panel } from "@/components/ui/panel"
import { policiesOptions } from "@/lib/fleet/releases/queries"
import type { Policy, PolicyDraft } from "@/lib/fleet/releases/schemas"

const blank: PolicyDraft = { component: "app", minimumVersion: "", model: null, dueOn: null }

/** The minimum versions. Terminals below them get an update flag. */
export function PoliciesPanel({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("catalogue")
  const tComponent = useTranslations("components")
  const [edited, setEdited] = useState<Policy | "new" | null>(null)
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
      <EntryList
        list={useQuery(policiesOptions())}
        isEmpty={({ data }) => data.length === 0}
        empty={<EmptyState title={t("noPolicies")}>{t("noPoliciesText")}</EmptyState>}
      >
        {({ data }) => (
          <EntryTable
            label={t("policies")}
            head={[t("component"), t("minimumVersion"), t("model"), t("dueOn")]}
            minWidth={420}
          >
            {data.map((policy) => (
              <Table.Tr key={policy.id}>
                <Table.Td>{tComponent(policy.component)}</Table.Td>
                <Table.Td>
                  {mayWrite ? (
                    <Anchor component="button" size="sm" onClick={() => setEdited(policy)}>
                      {policy.minimumVersion}
                    </Anchor>
                  ) : (
                    policy.minimumVersion
                  )}
                </Table.Td>
                <Table.Td>{policy.modelName ?? t("allModels")}</Table.Td>
                <Table.Td>{policy.dueOn === null ? t("atOnce") : <Day on={policy.dueOn} />}</Table.Td>
              </Table.Tr>
            ))}
          </EntryTable>
        )}
      </EntryList>
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
