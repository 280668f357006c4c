"use client"

import { Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { amountOf, minorDigits } from "@/lib/fleet/acquirers/money"

/** A fee in percent with its note. */
export function Fee({ percent, note }: { percent: number | null; note: string | null }) {
  const format = useFormatter()
  const shown =
    percent === null ? null : format.number(percent / 100, { style: "percent", maximumFractionDigits: 4 })
  return (
    <Text span size="sm">
      {[shown, note].filter(Boolean).join(" · ") || "—"}
    </Text>
  )
}

/** An amount in minor units, or a dash. */
export function Money({ minor, currency }: { minor: number | null; currency: string | null }) {
  const format = useFormatter()
  const t = useTranslations("catalogue")
  if (minor === null || currency === null)
    return (
      <Text span size="sm">
        —
      </Text>
    )
  if (minor === 0)
    return (
      <Text span size="sm">
        {t("free")}
      </Text>
    )
  return (
    <Text span size="sm">
      {format.number(amountOf(minor, currency), {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
        minimumFractionDigits: minorDigits(currency),
      })}
    </Text>
  )
}
