"use client"

import { Checkbox, Group } from "@mantine/core"
import { useTranslations } from "next-intl"
import { EntryDrawer } from "@/components/catalogue/entry-drawer"
import { LongField, NumberField, TextField } from "@/components/catalogue/fields"
import { useDraft } from "@/components/catalogue/use-draft"
import type { Supplier, SupplierDraft } from "@/lib/fleet/suppliers/schemas"

const blank = {
  id: null,
  models: 0,
  terminals: 0,
  name: "",
  isManufacturer: true,
  isSupplier: true,
  contactName: null,
  contactPhone: null,
  contactEmail: null,
  warrantyMonths: null,
  note: null,
}

export function SupplierDrawer({ supplier, onClose }: { supplier: Supplier | null; onClose: () => void }) {
  const t = useTranslations("catalogue")
  const tCommon = useTranslations("common")
  const { id, models: _models, terminals: _terminals, ...known } = supplier ?? blank
  const { draft, set } = useDraft<SupplierDraft>(known)
  return (
    <EntryDrawer
      noun="suppliers"
      id={id}
      title={supplier?.name ?? t("newSupplier")}
      draft={draft}
      onClose={onClose}
    >
      <TextField
        label={t("name")}
        description={tCommon("nameNote")}
        value={draft.name}
        onChange={(value) => set("name")(value ?? "")}
        isRequired
      />
      <Group>
        <Checkbox
          label={t("isManufacturer")}
          checked={draft.isManufacturer}
          onChange={(event) => set("isManufacturer")(event.currentTarget.checked)}
        />
        <Checkbox
          label={t("isSupplier")}
          checked={draft.isSupplier}
          onChange={(event) => set("isSupplier")(event.currentTarget.checked)}
        />
      </Group>
      <TextField label={t("contactName")} value={draft.contactName} onChange={set("contactName")} />
      <TextField
        label={t("contactPhone")}
        value={draft.contactPhone}
        onChange={set("contactPhone")}
        maxLength={50}
      />
      <TextField
        label={t("contactEmail")}
        type="email"
        value={draft.contactEmail}
        onChange={set("contactEmail")}
        maxLength={254}
      />
      <NumberField
        label={t("warrantyMonths")}
        min={0}
        max={600}
        allowDecimal={false}
        value={draft.warrantyMonths}
        onChange={set("warrantyMonths")}
      />
      <LongField label={t("note")} value={draft.note} onChange={set("note")} />
    </EntryDrawer>
  )
}
