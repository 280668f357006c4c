"use client"

import { Select, Textarea, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { LabelsInput, NamedPicker } from "@/components/terminals/pickers"
import { PurchaseFields, type PurchaseValues } from "@/components/terminals/purchase-fields"
import { useErrorText } from "@/components/terminals/use-error-text"
import { FormDrawer } from "@/components/ui/form-drawer"
import { useMissing } from "@/components/ui/use-missing"
import { oneOf } from "@/lib/base/one-of"
import { paths } from "@/lib/base/paths"
import { addTerminal } from "@/lib/fleet/terminals/life/life-queries"
import { terminalStatuses, type TerminalStatus } from "@/lib/fleet/terminals/words"

type Added = {
  serial: string
  store: number | null
  model: number | null
  tid: string
  acquirer: number | null
  status: TerminalStatus
  labels: string[]
  note: string
} & PurchaseValues

const nothing: Added = {
  serial: "",
  store: null,
  model: null,
  tid: "",
  acquirer: null,
  status: "active",
  labels: [],
  note: "",
  supplier: null,
  boughtOn: null,
  warrantyUntil: null,
}

/** Adds a terminal, then opens its page. */
export function AddDrawer({ onClose }: { onClose: () => void }) {
  const t = useTranslations("life")
  const errorText = useErrorText()
  const missing = useMissing()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [added, setAdded] = useState(nothing)
  const { serial, store, model, tid, acquirer, status, labels, note, ...purchase } = added
  const set = (some: Partial<Added>) => setAdded((now) => ({ ...now, ...some }))
  const adding = useMutation({
    mutationFn: () =>
      addTerminal({
        serial: serial.trim(),
        status,
        labels,
        supplierId: purchase.supplier,
        boughtOn: purchase.boughtOn,
        warrantyUntil: purchase.warrantyUntil,
        ...(store === null ? {} : { store }),
        ...(model === null ? {} : { model }),
        ...(tid.trim() === "" ? {} : { tid: tid.trim() }),
        ...(acquirer === null ? {} : { acquirer }),
        ...(note.trim() === "" ? {} : { note: note.trim() }),
      }),
    onSuccess: async ({ id }) => {
      router.push(paths.terminal(id))
      await queryClient.invalidateQueries({ queryKey: ["terminals"] })
    },
  })
  return (
    <FormDrawer
      title={t("add")}
      action={t("add")}
      isBusy={adding.isPending}
      notYet={missing([serial.trim() === "" && t("fields.serial"), store === null && t("fields.store")])}
      failure={errorText(adding.error)}
      onSubmit={() => adding.mutate()}
      onClose={onClose}
    >
      <IdentityFields added={added} onChange={set} />
      <LabelsInput label={t("fields.labels")} value={labels} onChange={(chosen) => set({ labels: chosen })} />
      <PurchaseFields {...purchase} onChange={set} />
      <Textarea
        label={t("fields.note")}
        autosize
        minRows={2}
        maxLength={500}
        value={note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </FormDrawer>
  )
}

function IdentityFields({ added, onChange }: { added: Added; onChange: (some: Partial<Added>) => void }) {
  const t = useTranslations("life")
  const tStatus = useTranslations("terminalStatuses")
  const { serial, store, model, tid, acquirer, status } = added
  return (
    <>
      <TextInput
        label={t("fields.serial")}
        required
        value={serial}
        maxLength={64}
        onChange={(event) => onChange({ serial: event.currentTarget.value })}
        data-autofocus
      />
      <NamedPicker
        of="stores"
        label={t("fields.store")}
        isRequired
        value={store}
        onChange={(chosen) => onChange({ store: chosen })}
      />
      <NamedPicker
        of="models"
        label={t("fields.model")}
        value={model}
        onChange={(chosen) => onChange({ model: chosen })}
      />
      <TextInput
        label={t("fields.tid")}
        value={tid}
        maxLength={64}
        onChange={(event) => onChange({ tid: event.currentTarget.value })}
      />
      <NamedPicker
        of="acquirers"
        label={t("fields.acquirer")}
        value={acquirer}
        onChange={(chosen) => onChange({ acquirer: chosen })}
      />
      <Select
        label={t("fields.status")}
        allowDeselect={false}
        value={status}
        data={terminalStatuses.map((value) => ({ value, label: tStatus(value) }))}
        onChange={(chosen) => onChange({ status: oneOf(terminalStatuses, chosen) ?? status })}
      />
    </>
  )
}
