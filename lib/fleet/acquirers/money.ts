import { currencyDigits } from "@/lib/base/text/currency"

/** How many digits a currency has after the point: 2 for CNY, 0 for JPY. */
export const minorDigits = (currency: string): number => currencyDigits(currency) ?? 2

export const minorOf = (amount: number, currency: string): number =>
  Math.round(amount * 10 ** minorDigits(currency))
export const amountOf = (minor: number, currency: string): number => minor / 10 ** minorDigits(currency)
