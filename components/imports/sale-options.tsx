"use client"

import { Select, TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import { withChoice, type OptionProps } from "@/components/imports/with-choice"
import { moneyUnits } from "@/lib/intake/imports/words"

const codeSystems = [
  "unionpay",
  "ums-mispos",
  "unionpay-acp",
  "iso8583-1987",
  "visa",
  "mastercard",
  "alipay-barcode",
  "wechat-micropay",
  "bestpay-posp",
  "boc-pos",
  "starpos-app",
]

/** Options of a file of sales: unit of amounts, code system and acquirer. */
export function SaleOptions({ profile, onChange }: OptionProps) {
  const t = useTranslations("imports")
  return (
    <>
      <Select
        label={t("moneyUnit")}
        clearable
        placeholder={t("auto")}
        value={profile.moneyUnit ?? null}
        data={moneyUnits.map((value) => ({ value, label: t(`moneyUnits.${value}`) }))}
        onChange={(value) =>
          onChange(withChoice(profile, "moneyUnit", moneyUnits.find((known) => known === value) ?? null))
        }
      />
      <Select
        label={t("codeSystem")}
        clearable
        searchable
        placeholder={t("codeSystemAuto")}
        value={profile.codeSystem ?? null}
        data={[...new Set([...codeSystems, ...(profile.codeSystem ? [profile.codeSystem] : [])])]}
        onChange={(value) => onChange(withChoice(profile, "codeSystem", value))}
      />
      <TextInput
        key={profile.name}
        label={t("acquirer")}
        placeholder="lakala"
        maxLength={64}
        defaultValue={profile.acquirer ?? ""}
        onBlur={(event) => onChange(withChoice(profile, "acquirer", event.currentTarget.value.trim()))}
      />
    </>
  )
}
