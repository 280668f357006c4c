import { data } from "currency-codes"

const digitsOf = new Map(data.map(({ code, digits }) => [code, digits]))

/** How many decimals amounts of a currency have, by ISO 4217; null where there is no such currency. */
export const currencyDigits = (code: string): number | null => digitsOf.get(code) ?? null

/** The codes of all currencies. */
export const currencyCodes: readonly string[] = [...digitsOf.keys()]
