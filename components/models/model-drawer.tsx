"use client"

import { NumberInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { EntryDrawer } from "@/components/catalogue/entry-drawer"
import { EntryField, TextField } from "@/components/catalogue/fields"
import { useDraft } from "@/components/catalogue/use-draft"
import { amountOf, minorDigits, minorOf } from "@/lib/fleet/acquirers/money"
import type { Model, ModelDraft } from "@/lib/fleet/models/schemas"
import { suppliersOptions } from "@/lib/fleet/suppliers/queries"

type Props = {
  model: Pick<Model, "id" | keyof ModelDraft> | null
  currency: string
  onClose: () => void
  onRemoved?: () => void
}

export function ModelDrawer({ model, currency, onClose, onRemoved = onClose }: Props) {
  const t = useTranslations("catalogue")
  const { draft, set } = useDraft<ModelDraft>({
    name: model?.name ?? "",
    manufacturer: model?.manufacturer ?? null,
    priceMinor: model?.priceMinor ?? null,
    printerHeadKm: model?.printerHeadKm ?? null,
    chipInsertions: model?.chipInsertions ?? null,
  })
  const makers = useQuery(suppliersOptions()).data?.data.filter(({ isManufacturer }) => isManufacturer)
  return (
    <EntryDrawer
      noun="models"
      id={model?.id ?? null}
      title={model?.name ?? t("newModel")}
      draft={draft}
      onClose={onClose}
      onRemoved={onRemoved}
    >
      <TextField
        label={t("name")}
        description={t("modelNameText")}
        value={draft.name}
        onChange={(value) => set("name")(value ?? "")}
        isRequired
      />
      <EntryField
        label={t("manufacturer")}
        none={t("notKnown")}
        entries={makers}
        value={draft.manufacturer}
        onChange={set("manufacturer")}
      />
      <NumberInput
        label={t("priceMinor")}
        description={t("priceMinorText")}
        min={0}
        clampBehavior="none"
        decimalScale={minorDigits(currency)}
        value={draft.priceMinor === null ? "" : amountOf(draft.priceMinor, currency)}
        onChange={(value) => set("priceMinor")(value === "" ? null : minorOf(Number(value), currency))}
      />
      {(["printerHeadKm", "chipInsertions"] as const).map((field) => (
        <NumberInput
          key={field}
          label={t(field)}
          description={t(`${field}Text`)}
          min={1}
          clampBehavior="none"
          allowDecimal={false}
          value={draft[field] ?? ""}
          onChange={(value) => set(field)(value === "" ? null : Number(value))}
        />
      ))}
    </EntryDrawer>
  )
}
