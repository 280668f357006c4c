"use client"

import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { EntryDrawer } from "@/components/catalogue/entry-drawer"
import { EntryField, MoneyField, NumberField, TextField } from "@/components/catalogue/fields"
import { useDraft } from "@/components/catalogue/use-draft"
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
    swipes: model?.swipes ?? null,
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
      <MoneyField
        label={t("priceMinor")}
        description={t("priceMinorText")}
        currency={currency}
        value={draft.priceMinor}
        onChange={set("priceMinor")}
      />
      {(["printerHeadKm", "chipInsertions", "swipes"] as const).map((field) => (
        <NumberField
          key={field}
          label={t(field)}
          description={t(`${field}Text`)}
          min={1}
          allowDecimal={false}
          value={draft[field]}
          onChange={set(field)}
        />
      ))}
    </EntryDrawer>
  )
}
