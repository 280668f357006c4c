"use client"

import { Select, Textarea, TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import { LabelsInput, NamedPicker, ReplacementPicker } from "@/components/terminals/pickers"
import { PurchaseFields, type PurchaseValues } from "@/components/terminals/purchase-fields"
import type { Action } from "@/lib/fleet/terminals/life/actions"
import { swappedStatuses, type SwappedStatus } from "@/lib/fleet/terminals/life/life"

/** The values of the forms of all actions. Each action uses some of them. */
export type LifeValues = PurchaseValues & {
  store: number | null
  tid: string
  acquirer: number | null
  replacement: number | null
  oldStatus: SwappedStatus
  oldStore: number | null
  labels: string[]
  removed: string[]
  model: number | null
  codeSystem: string
  /** Local date and time; empty means now. */
  at: string
  note: string
}

export const noValues: LifeValues = {
  store: null,
  tid: "",
  acquirer: null,
  replacement: null,
  oldStatus: "in_repair",
  oldStore: null,
  labels: [],
  removed: [],
  model: null,
  codeSystem: "",
  supplier: null,
  boughtOn: null,
  warrantyUntil: null,
  at: "",
  note: "",
}

type Props = {
  action: Action
  values: LifeValues
  tids: readonly string[]
  isBulk?: boolean
  onChange: (values: LifeValues) => void
}

export function LifeForm({ action, values, tids, isBulk = false, onChange }: Props) {
  const t = useTranslations("life")
  const tStatus = useTranslations("terminalStatuses")
  const set = (some: Partial<LifeValues>) => onChange({ ...values, ...some })
  return (
    <>
      {action === "move" ? (
        <NamedPicker
          of="stores"
          label={t("fields.store")}
          isRequired
          value={values.store}
          onChange={(store) => set({ store })}
        />
      ) : null}
      {action === "enrol" ? (
        <NamedPicker
          of="stores"
          label={t("fields.store")}
          description={t("stays")}
          value={values.store}
          onChange={(store) => set({ store })}
        />
      ) : null}
      {action === "tid" ? (
        <TextInput
          label={t("fields.tid")}
          value={values.tid}
          maxLength={64}
          onChange={(event) => set({ tid: event.currentTarget.value })}
          data-autofocus
        />
      ) : null}
      {action === "tid" ? (
        <NamedPicker
          of="acquirers"
          label={t("fields.acquirer")}
          value={values.acquirer}
          onChange={(acquirer) => set({ acquirer })}
        />
      ) : null}
      {action === "endTid" ? (
        <Select
          label={t("fields.tid")}
          allowDeselect={false}
          value={values.tid}
          onChange={(tid) => set({ tid: tid ?? "" })}
          data={[...tids]}
        />
      ) : null}
      {action === "swap" ? (
        <>
          <ReplacementPicker
            label={t("fields.replacement")}
            value={values.replacement}
            onChange={(replacement) => set({ replacement })}
          />
          <Select
            label={t("fields.oldStatus")}
            allowDeselect={false}
            value={values.oldStatus}
            data={swappedStatuses.map((value) => ({ value, label: tStatus(value) }))}
            onChange={(chosen) =>
              set({ oldStatus: swappedStatuses.find((known) => known === chosen) ?? values.oldStatus })
            }
          />
          <NamedPicker
            of="stores"
            label={t("fields.oldStore")}
            description={t("stays")}
            value={values.oldStore}
            onChange={(oldStore) => set({ oldStore })}
          />
        </>
      ) : null}
      {action === "edit" || action === "labels" ? (
        <LabelsInput
          label={t(action === "edit" ? "fields.labels" : "fields.addLabels")}
          value={values.labels}
          onChange={(labels) => set({ labels })}
        />
      ) : null}
      {action === "labels" ? (
        <LabelsInput
          label={t("fields.removeLabels")}
          value={values.removed}
          onChange={(removed) => set({ removed })}
        />
      ) : null}
      {action === "purchase" ? <PurchaseFields {...values} isBulk={isBulk} onChange={set} /> : null}
      {action === "edit" ? (
        <>
          <NamedPicker
            of="models"
            label={t("fields.model")}
            value={values.model}
            onChange={(model) => set({ model })}
          />
          <TextInput
            label={t("fields.codeSystem")}
            description={t("codeSystemNote")}
            value={values.codeSystem}
            maxLength={64}
            onChange={(event) => set({ codeSystem: event.currentTarget.value })}
          />
        </>
      ) : (
        action !== "labels" &&
        action !== "purchase" && (
          <>
            <TextInput
              type="datetime-local"
              step={60}
              label={t("fields.at")}
              description={t(
                action === "move" || action === "swap" || action === "enrol" ? "atNote" : "atNow",
              )}
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
      )}
    </>
  )
}
