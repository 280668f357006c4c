"use client"

import { Select, TextInput } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { FormDrawer } from "@/components/ui/form-drawer"
import { useStoreName } from "@/components/ui/store-name"
import { useMissing } from "@/components/ui/use-missing"
import { terminalFacetsOptions } from "@/lib/fleet/terminals/read/queries"
import { recordTraining, trainingsKey } from "@/lib/insight/trainings/queries"

/** Records a training. */
export function TrainingDrawer({ store, onClose }: { store: number | null; onClose: () => void }) {
  const t = useTranslations("trainings")
  const client = useQueryClient()
  const storeName = useStoreName()
  const { data: facets } = useQuery(terminalFacetsOptions())
  const [draft, setDraft] = useState({ store, operator: "", subject: "", heldOn: "" })
  const missing = useMissing()
  const saving = useMutation({
    mutationFn: () =>
      recordTraining({
        store: draft.store ?? 0,
        operator: draft.operator.trim() === "" ? null : draft.operator.trim(),
        subject: draft.subject.trim(),
        heldOn: draft.heldOn,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: trainingsKey })
      onClose()
    },
  })
  const field = (name: "operator" | "subject" | "heldOn") => ({
    label: t(`fields.${name}`),
    value: draft[name],
    onChange: ({ currentTarget: { value } }: React.ChangeEvent<HTMLInputElement>) =>
      setDraft({ ...draft, [name]: value }),
  })
  return (
    <FormDrawer
      title={t("record")}
      action={t("save")}
      isBusy={saving.isPending}
      notYet={missing([
        draft.store === null && t("fields.store"),
        draft.subject.trim() === "" && t("fields.subject"),
        draft.heldOn === "" && t("fields.heldOn"),
      ])}
      failure={saving.error?.message ?? null}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <Select
        label={t("fields.store")}
        required
        searchable
        value={draft.store === null ? null : String(draft.store)}
        data={(facets?.stores ?? []).map(({ id, name }) => ({ value: String(id), label: storeName(name) }))}
        onChange={(id) => setDraft({ ...draft, store: id === null ? null : Number(id) })}
      />
      <TextInput {...field("operator")} description={t("fields.operatorText")} maxLength={64} />
      <TextInput {...field("subject")} required maxLength={200} />
      <TextInput {...field("heldOn")} required type="date" />
    </FormDrawer>
  )
}
