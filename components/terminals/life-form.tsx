"use client"

import { Select, Textarea, TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import { EditFields, LabelsFields, SwapFields, TidFields } from "@/components/terminals/life-fields"
import type { LifeValues } from "@/components/terminals/life-values"
import { NamedPicker } from "@/components/terminals/pickers"
import { PurchaseFields } from "@/components/terminals/purchase-fields"
import type { Action } from "@/lib/fleet/terminals/life/actions"

type Props = {
  action: Action
  values: LifeValues
  tids: readonly string[]
  isBulk?: boolean
  onChange: (values: LifeValues) => void
}

/** The form of one action. */
export function LifeForm({ action, values, tids, isBulk = false, onChange }: Props) {
  const t = useTranslations("life")
  const set = (some: Partial<LifeValues>) => onChange({ ...values, ...some })
  const fields = { values, onChange: set }
  if (action === "purchase") return <PurchaseFields {...values} isBulk={isBulk} onChange={set} />
  if (action === "labels") return <LabelsFields {...fields} />
  if (action === "edit") return <EditFields {...fields} />
  return (
    <>
      {action === "move" || action === "enrol" ? (
        <NamedPicker
          of="stores"
          label={t("fields.store")}
          {...(action === "move" ? { isRequired: true } : { description: t("stays") })}
          value={values.store}
          onChange={(store) => set({ store })}
        />
      ) : null}
      {action === "tid" ? <TidFields {...fields} /> : null}
      {action === "endTid" ? (
        <Select
          label={t("fields.tid")}
          allowDeselect={false}
          value={values.tid}
          onChange={(tid) => set({ tid: tid ?? "" })}
          data={[...tids]}
        />
      ) : null}
      {action === "swap" ? <SwapFields {...fields} /> : null}
      <TextInput
        type="datetime-local"
        step={60}
        label={t("fields.at")}
        description={t(action === "move" || action === "swap" || action === "enrol" ? "atNote" : "atNow")}
        value={values.at}
        onChange={(event) => set({ at: event.currentTarget.value })}
      />
      <Textarea
        label={t("fields.note")}
        autosize
        minRows={2}
        maxLength={500}
        value={values.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </>
  )
}
