import { shippedRates } from "@/lib/insight/engine/terms/settings"
import { kindCount, kinds, type Kind } from "@/lib/insight/engine/terms/signals"

// How often sales fail that nothing is wrong with: by kind, issuer and entry mode. Each night's table holds
// for the sales of the next day.

/** Presentments of an issuer's cards by one entry mode on a day, at terminals without a flag. */
export type ReferenceCell = {
  issuer: string
  entryMode: string
  presentments: number
  failures: Readonly<Partial<Record<Kind, number>>>
}

type Sums = { presentments: number; failures: Float64Array }
export type Reference = { cells: Map<string, Sums & { issuer: string; entryMode: string }> }

/** The rate of each kind, in the order of `kinds`. */
export type Rates = (issuer: string, entryMode: string) => ArrayLike<number>

/** Half of a day's weight is gone after 20 days. */
const decay = 0.5 ** (1 / 20)
/** Presentments that the shipped rates, and the rates of all issuers, weigh as much as. */
const [shippedWeight, poolWeight] = [2000, 200]
/** Issuers with fewer presentments have the rates of all. */
const fewest = 2000
const forgotten = 0.5

export const emptyReference = (): Reference => ({ cells: new Map() })

export function learnReference({ cells }: Reference, tonight: readonly ReferenceCell[]): Reference {
  const next: Reference["cells"] = new Map()
  for (const [key, cell] of cells) {
    const presentments = cell.presentments * decay
    if (presentments < forgotten) continue
    next.set(key, { ...cell, presentments, failures: cell.failures.map((value) => value * decay) })
  }
  for (const { issuer, entryMode, presentments, failures } of tonight) {
    const key = `${entryMode}/${issuer}`
    const cell = next.get(key) ?? {
      issuer,
      entryMode,
      presentments: 0,
      failures: new Float64Array(kindCount),
    }
    for (const [k, kind] of kinds.entries())
      cell.failures[k] = (cell.failures[k] ?? 0) + (failures[kind] ?? 0)
    next.set(key, { ...cell, presentments: cell.presentments + presentments })
  }
  return { cells: next }
}

const shipped = Float64Array.from(kinds, (kind) => shippedRates[kind])

/** What a table says, drawn to a rate that is known before. */
const drawn = ({ presentments, failures }: Sums, to: ArrayLike<number>, weight: number): Float64Array =>
  failures.map(
    (value, k) => (Math.max(0, value) + weight * (to[k] ?? 0)) / (Math.max(0, presentments) + weight),
  )

function pooled(cells: readonly Sums[]): Sums {
  const pool = { presentments: 0, failures: new Float64Array(kindCount) }
  for (const { presentments, failures } of cells) {
    pool.presentments += presentments
    for (let k = 0; k < kindCount; k += 1) pool.failures[k] = (pool.failures[k] ?? 0) + (failures[k] ?? 0)
  }
  return pool
}

/**
 * The table as a function. An unknown entry mode has the rates of all, an unknown issuer those of its mode.
 */
export function ratesOf({ cells }: Reference): Rates {
  const all = [...cells.values()]
  const everything = drawn(pooled(all), shipped, shippedWeight)
  const ofIssuer = new Map<string, number>()
  for (const { issuer, presentments } of all) ofIssuer.set(issuer, (ofIssuer.get(issuer) ?? 0) + presentments)
  const ofMode = new Map<string, Float64Array>()
  const exact = new Map<string, Float64Array>()
  for (const mode of new Set(all.map(({ entryMode }) => entryMode))) {
    const cellsOfMode = all.filter(({ entryMode }) => entryMode === mode)
    const rates = drawn(pooled(cellsOfMode), everything, poolWeight)
    ofMode.set(mode, rates)
    for (const cell of cellsOfMode)
      if ((ofIssuer.get(cell.issuer) ?? 0) >= fewest)
        exact.set(`${mode}/${cell.issuer}`, drawn(cell, rates, poolWeight))
  }
  return (issuer, entryMode) => exact.get(`${entryMode}/${issuer}`) ?? ofMode.get(entryMode) ?? everything
}
