/**
 * How often presentments fail, of an issuer's cards by one entry mode: the rate of each kind, in the order of
 * `kinds`. The issuer is a BIN; `otherIssuers` of a scheme; or empty for all. An empty entry mode is an
 * unknown one.
 */
export type RateRow = { issuer: string; entryMode: string; rates: ArrayLike<number> }

/** The rates that a sale is expected to fail with, in the order of `kinds`. */
export type Rates = (issuer: string, entryMode: string, scheme?: string) => ArrayLike<number>

/** Stands for the issuers of a scheme that have too few sales for rates of their own. */
export const otherIssuers = (scheme: string): string => `other:${scheme.toLowerCase()}`

/**
 * A table as a function: the issuer's row, else that of its scheme's other issuers, else that of the entry
 * mode, else that of all sales. The fold joins the table in the same order.
 */
export function ratesIn(table: readonly RateRow[]): Rates {
  const rows = new Map(table.map(({ issuer, entryMode, rates }) => [`${entryMode}/${issuer}`, rates]))
  return (issuer, entryMode, scheme = "") =>
    rows.get(`${entryMode}/${issuer}`) ??
    rows.get(`${entryMode}/${otherIssuers(scheme)}`) ??
    rows.get(`${entryMode}/`) ??
    rows.get("/") ??
    []
}
