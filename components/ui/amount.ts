import type { useFormatter } from "next-intl"
import { amountOf, minorDigits } from "@/lib/fleet/acquirers/money"

const mostUsual = 2

/** Formats an amount in minor units: 100 is CNY 1.00 and JPY 100. Without a currency, it has two decimals. */
export function amountText(
  format: Pick<ReturnType<typeof useFormatter>, "number">,
  minor: number,
  currency: string | null,
): string {
  if (currency === null) return format.number(minor / 10 ** mostUsual, { minimumFractionDigits: mostUsual })
  return format.number(amountOf(minor, currency), {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: minorDigits(currency),
  })
}
