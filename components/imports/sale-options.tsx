"use client"

import { TextInput } from "@mantine/core"
import { useLocale, useTranslations } from "next-intl"
import { Choice } from "@/components/imports/choice"
import { withChoice } from "@/components/imports/with-choice"
import { currencyCodes } from "@/lib/base/text/currency"
import { FieldSource } from "@/lib/intake/imports/mapping/profile"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import type { Preview } from "@/lib/intake/imports/runs/schemas"
import { decimalMarks, moneyUnits } from "@/lib/intake/imports/words"
import { outcomes, type Outcome } from "@/lib/intake/transactions/schemas"

type Props = {
  profile: RecordProfile
  onChange: (profile: RecordProfile) => void
  preview: Preview | undefined
}

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

function withOutcome(profile: RecordProfile, outcome: Outcome | null): RecordProfile {
  const { outcome: _old, ...fields } = profile.fields
  const { sale: _sale, ...rest } = profile
  return {
    ...rest,
    fields: outcome === null ? fields : { ...fields, outcome: FieldSource.parse({ constant: outcome }) },
  }
}

/** Options that a file of sales does not contain: money, code table, acquirer and outcome. */
export function SaleOptions({ profile, onChange, preview }: Props) {
  const t = useTranslations("imports")
  const names = new Intl.DisplayNames([useLocale()], { type: "currency" })
  const choose =
    <Key extends keyof RecordProfile>(key: Key) =>
    (value: RecordProfile[Key] | null) =>
      onChange(withChoice(profile, key, value))
  return (
    <>
      <Choice
        label={t("currency")}
        placeholder={t("currencyAuto")}
        values={currencyCodes}
        labelOf={(code) => `${code} · ${names.of(code) ?? ""}`}
        value={profile.currency}
        onChange={choose("currency")}
      />
      <Choice
        label={t("moneyUnit")}
        values={moneyUnits}
        labelOf={(unit) => t(`moneyUnits.${unit}`)}
        value={profile.moneyUnit}
        error={preview?.likelyMoneyUnit ? t(`moneyUnitNeeded.${preview.likelyMoneyUnit}`) : undefined}
        onChange={choose("moneyUnit")}
      />
      <Choice
        label={t("decimalMark")}
        values={decimalMarks}
        labelOf={(mark) => t(`decimalMarks.${mark}`)}
        value={profile.decimalMark}
        error={preview?.needsDecimalMark && !profile.decimalMark ? t("decimalMarkNeeded") : undefined}
        onChange={choose("decimalMark")}
      />
      <Choice
        label={t("codeSystem")}
        placeholder={t("codeSystemAuto")}
        values={[...new Set([...codeSystems, ...(profile.codeSystem ? [profile.codeSystem] : [])])]}
        labelOf={(name) => name}
        value={profile.codeSystem}
        onChange={choose("codeSystem")}
      />
      <Choice
        label={t("outcomeOfAll")}
        placeholder={t("outcomeFromColumns")}
        values={outcomes}
        labelOf={(outcome) => t(`saleWords.${outcome}`)}
        value={outcomes.find((one) => one === profile.fields["outcome"]?.constant)}
        onChange={(outcome) => onChange(withOutcome(profile, outcome))}
      />
      <TextInput
        key={profile.name}
        label={t("acquirer")}
        placeholder="lakala"
        maxLength={64}
        defaultValue={profile.acquirer ?? ""}
        onBlur={(event) => choose("acquirer")(event.currentTarget.value.trim())}
      />
    </>
  )
}
