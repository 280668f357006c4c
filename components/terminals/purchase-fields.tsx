"use client"

import { useTranslations } from "next-intl"
import { DayField } from "@/components/catalogue/fields"
import { NamedPicker } from "@/components/terminals/pickers"

export type PurchaseValues = {
  supplier: number | null
  boughtOn: string | null
  warrantyUntil: string | null
}

type Props = PurchaseValues & { isBulk?: boolean; onChange: (some: Partial<PurchaseValues>) => void }

/** Fields for supplier, date of purchase and end of warranty. */
export function PurchaseFields({ supplier, boughtOn, warrantyUntil, isBulk = false, onChange }: Props) {
  const t = useTranslations("life")
  return (
    <>
      <NamedPicker
        of="suppliers"
        label={t("fields.supplier")}
        value={supplier}
        onChange={(chosen) => onChange({ supplier: chosen })}
      />
      <DayField
        label={t("fields.boughtOn")}
        value={boughtOn}
        onChange={(day) => onChange({ boughtOn: day })}
      />
      <DayField
        label={t("fields.warrantyUntil")}
        description={t(isBulk ? "warrantyManyNote" : "warrantyNote")}
        value={warrantyUntil}
        onChange={(day) => onChange({ warrantyUntil: day })}
      />
    </>
  )
}
