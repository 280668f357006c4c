import { groupBy } from "@/lib/base/group-by"
import { kinds, type Kind } from "@/lib/fleet/code-packs/kind"
import { kindCount } from "@/lib/insight/engine/terms/signals"
import { otherIssuers, ratesIn, type RateRow, type Rates } from "@/lib/rollups/reference/rate-row"
import { shippedRates } from "@/lib/rollups/reference/shipped-rates"

// How often sales fail that nothing is wrong with: by kind, issuer and entry mode. Each night's table holds
// for the sales of the next day.

/** Presentments of an issuer's cards by one entry mode on a day, at terminals without a flag. */
export type ReferenceCell = {
  issuer: string
  entryMode: string
  scheme?: string
  presentments: number
  failures: Readonly<Partial<Record<Kind, number>>>
}

type Sums = { presentments: number; failures: Float64Array }
export type Reference = {
  cells: Map<string, Sums & { issuer: string; entryMode: string; scheme: string }>
}

/** Half of a day's weight is gone after 20 days. */
const decay = 0.5 ** (1 / 20)
/** Presentments that the shipped rates, and the rates of all issuers, weigh as much as. */
const [shippedWeight, poolWeight] = [2000, 200]
/**
 * Issuers with fewer presentments share the rates of their scheme's other issuers; so many have their own.
 */
const fewest = 2000
const mostIssuers = 200
const forgotten = 0.5

export const emptyReference = (): Reference => ({ cells: new Map() })

export function learnReference({ cells }: Reference, tonight: readonly ReferenceCell[]): Reference {
  const next: Reference["cells"] = new Map()
  for (const [key, cell] of cells) {
    const presentments = cell.presentments * decay
    if (presentments < forgotten) continue
    next.set(key, { ...cell, presentments, failures: cell.failures.map((value) => value * decay) })
  }
  for (const { issuer, entryMode, scheme = "", presentments, failures } of tonight) {
    const key = `${entryMode}/${issuer}`
    const cell = next.get(key) ?? {
      issuer,
      entryMode,
      scheme,
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

/** Those with the most presentments, of all that have enough. */
function issuersWithRates(cells: Iterable<Sums & { issuer: string }>): Set<string> {
  const presentments = new Map<string, number>()
  for (const one of cells)
    presentments.set(one.issuer, (presentments.get(one.issuer) ?? 0) + one.presentments)
  presentments.delete("")
  return new Set(
    [...presentments]
      .filter(([, count]) => count >= fewest)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, mostIssuers)
      .map(([issuer]) => issuer),
  )
}

/** What has been learnt as a table: of all sales, by entry mode, and of issuers by entry mode. */
export function tableOf({ cells }: Reference): RateRow[] {
  const all = [...cells.values()]
  const everything = drawn(pooled(all), shipped, shippedWeight)
  const byMode = groupBy(all, ({ entryMode }) => entryMode)
  const known = issuersWithRates(all)
  const rows: RateRow[] = [{ issuer: "", entryMode: "", rates: everything }]
  for (const [entryMode, cellsOfMode] of byMode) {
    const rates = drawn(pooled(cellsOfMode), everything, poolWeight)
    if (entryMode !== "") rows.push({ issuer: "", entryMode, rates })
    const groups = groupBy(cellsOfMode, ({ issuer, scheme }) =>
      known.has(issuer) ? issuer : otherIssuers(scheme),
    )
    for (const [issuer, group] of groups)
      rows.push({ issuer, entryMode, rates: drawn(pooled(group), rates, poolWeight) })
  }
  return rows
}

export const ratesOf = (reference: Reference): Rates => ratesIn(tableOf(reference))
