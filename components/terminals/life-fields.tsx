"use client"

import { Select, TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { LifeValues } from "@/components/terminals/life-values"
import { LabelsInput, NamedPicker, ReplacementPicker } from "@/components/terminals/pickers"
import { oneOf } from "@/lib/base/one-of"
import { swappedStatuses } from "@/lib/fleet/terminals/life/life"

type Props = { values: LifeValues; onChange: (some: Partial<LifeValues>) => void }

export function TidFields({ values, onChange }: Props) {
  const t = useTranslations("life")
  return (
    <>
      <TextInput
        label={t("fields.tid")}
        required
        value={values.tid}
        maxLength={64}
        onChange={(event) => onChange({ tid: event.currentTarget.value })}
        data-autofocus
      />
      <NamedPicker
        of="acquirers"
        label={t("fields.acquirer")}
        value={values.acquirer}
        onChange={(acquirer) => onChange({ acquirer })}
      />
    </>
  )
}

/** The replacement, and what becomes of the old terminal. */
export function SwapFields({ values, onChange }: Props) {
  const t = useTranslations("life")
  const tStatus = useTranslations("terminalStatuses")
  return (
    <>
      <ReplacementPicker
        label={t("fields.replacement")}
        value={values.replacement}
        onChange={(replacement) => onChange({ replacement })}
      />
      <Select
        label={t("fields.oldStatus")}
        allowDeselect={false}
        value={values.oldStatus}
        data={swappedStatuses.map((value) => ({ value, label: tStatus(value) }))}
        onChange={(chosen) => onChange({ oldStatus: oneOf(swappedStatuses, chosen) ?? values.oldStatus })}
      />
      <NamedPicker
        of="stores"
        label={t("fields.oldStore")}
        description={t("stays")}
        value={values.oldStore}
        onChange={(oldStore) => onChange({ oldStore })}
      />
    </>
  )
}

export function EditFields({ values, onChange }: Props) {
  const t = useTranslations("life")
  return (
    <>
      <LabelsInput
        label={t("fields.labels")}
        value={values.labels}
        onChange={(labels) => onChange({ labels })}
      />
      <NamedPicker
        of="models"
        label={t("fields.model")}
        value={values.model}
        onChange={(model) => onChange({ model })}
      />
      <TextInput
        label={t("fields.codeSystem")}
        description={t("codeSystemNote")}
        value={values.codeSystem}
        maxLength={64}
        onChange={(event) => onChange({ codeSystem: event.currentTarget.value })}
      />
    </>
  )
}

/** Labels to add to and remove from several terminals. */
export function LabelsFields({ values, onChange }: Props) {
  const t = useTranslations("life")
  return (
    <>
      <LabelsInput
        label={t("fields.addLabels")}
        value={values.labels}
        onChange={(labels) => onChange({ labels })}
      />
      <LabelsInput
        label={t("fields.removeLabels")}
        value={values.removed}
        onChange={(removed) => onChange({ removed })}
      />
    </>
  )
}
