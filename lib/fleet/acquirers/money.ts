import { currencyDigits } from "@/lib/base/text/currency"

/** The number of digits after a currency's decimal point: 2 for CNY, 0 for JPY. */
export const minorDigits = (currency: string): number => currencyDigits(currency) ?? 2

export const minorOf = (amount: number, currency: string): number =>
  Math.round(amount * 10 ** minorDigits(currency))
export const amountOf = (minor: number, currency: string): number => minor / 10 ** minorDigits(currency)
