"use client"

import { useTranslations } from "next-intl"
import { EntryDrawer } from "@/components/catalogue/entry-drawer"
import { ComponentField, DayField, LongField, ModelField, TextField } from "@/components/catalogue/fields"
import { useDraft } from "@/components/catalogue/use-draft"
import type { ReleaseDraft } from "@/lib/fleet/releases/schemas"

export const blankRelease: ReleaseDraft = {
  component: "app",
  version: "",
  model: null,
  releasedOn: null,
  supportEndOn: null,
  source: null,
  checkedOn: null,
  note: null,
}

export function ReleaseDrawer({
  id,
  initial,
  onClose,
}: {
  id: number | null
  initial: ReleaseDraft
  onClose: () => void
}) {
  const t = useTranslations("catalogue")
  const { draft, set } = useDraft(initial)
  return (
    <EntryDrawer
      noun="releases"
      id={id}
      title={id === null ? t("newRelease") : initial.version}
      draft={draft}
      onClose={onClose}
    >
      <ComponentField value={draft.component} onChange={set("component")} />
      <TextField
        label={t("version")}
        description={t("versionText")}
        value={draft.version}
        onChange={(value) => set("version")(value ?? "")}
        maxLength={64}
        isRequired
      />
      <ModelField value={draft.model} onChange={set("model")} />
      <DayField label={t("releasedOn")} value={draft.releasedOn} onChange={set("releasedOn")} />
      <DayField label={t("supportEndOn")} value={draft.supportEndOn} onChange={set("supportEndOn")} />
      <LongField label={t("source")} value={draft.source} onChange={set("source")} maxLength={1000} />
      <DayField label={t("checkedOn")} value={draft.checkedOn} onChange={set("checkedOn")} />
      <LongField label={t("note")} value={draft.note} onChange={set("note")} />
    </EntryDrawer>
  )
}
