import { data } from "currency-codes"

const digitsOf = new Map(data.map(({ code, digits }) => [code, digits]))

/** The number of decimals of a currency by ISO 4217; null for an unknown currency. */
export const currencyDigits = (code: string): number | null => digitsOf.get(code) ?? null

/** The codes of all currencies. */
export const currencyCodes: readonly string[] = [...digitsOf.keys()]
