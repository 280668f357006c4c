import type { Kind } from "@/lib/fleet/code-packs/kind"
import type { Counter } from "@/lib/insight/engine/terms/signals"

// What the engine takes in each night. Days are whole numbers that grow by one, such as days since 1970.

/** Master data of a terminal on this night. Without a name, a carrier or an acquirer has no incidents. */
export type TerminalFacts = {
  id: string
  store: string
  model: string
  /** Version by component: os, firmware, app and so on. */
  releases: Readonly<Record<string, string>>
  acquirer: string
  carrier: string
}

/** Observed and expected failures. Corrections of earlier days may be negative. */
export type Count = { observed: number; expected: number }

/** What arrived since last night of one terminal and one of its days. */
export type TerminalSums = {
  terminal: string
  day: number
  presentments: number
  kinds: Readonly<Partial<Record<Kind, Count>>>
  /** How often it was counted, and how often it could have been: reads, hours, sales. */
  counters: Readonly<Partial<Record<Counter, { observed: number; exposure: number }>>>
}

/** The same, of the sales of one operator. */
export type OperatorSums = {
  terminal: string
  operator: string
  day: number
  user: Count
  chip: Count
  contactless: Count
  magstripe: Count
}

/**
 * All failures of an issuer's cards with one acquirer on a day. `observed` is that of `sumOfStores`; `stores`
 * counts those with a failure.
 */
export type IssuerSums = {
  issuer: string
  acquirer: string
  day: number
  issuerKind: Count
  tech: Count
  stores: number
}

/** One terminal's failures of the cards of an issuer that has trouble. */
export type IssuerShare = { terminal: string; issuer: string; day: number; issuerKind: Count; tech: Count }

export type Night = {
  day: number
  terminals: readonly TerminalFacts[]
  /** Read several times. */
  sums: Iterable<TerminalSums>
  operators: Iterable<OperatorSums>
  issuers: readonly IssuerSums[]
  /** Of the issuers and days that `troubledIssuers` names. */
  shares: readonly IssuerShare[]
}

/** The sum of counts. Failures that were taken back after their day make none of them less than 0. */
export const sumOfCounts = (counts: readonly Count[]): Count => ({
  observed: counts.reduce((total, { observed }) => total + Math.max(0, observed), 0),
  expected: counts.reduce((total, { expected }) => total + expected, 0),
})

/** What one terminal may add to a sum over many, so that a single broken one does not look like an outage. */
export const winsorised = ({ observed, expected }: Count): number =>
  Math.min(observed, expected + 3 * Math.sqrt(Math.max(0, expected)) + 2)

/**
 * The sum over stores of what their terminals show, each terminal cut. The worst store adds no more than the
 * next one does, where there are several: the line of a large store does not look like an outage.
 */
export function sumOfStores(stores: Iterable<readonly Count[]>): Count {
  const excesses: number[] = []
  let expected = 0
  for (const terminals of stores) {
    const ofStore = terminals.reduce((sum, one) => sum + one.expected, 0)
    expected += ofStore
    excesses.push(terminals.reduce((sum, one) => sum + winsorised(one), 0) - ofStore)
  }
  const [worst = 0, next = worst] = excesses.toSorted((a, b) => b - a)
  const cut = Math.max(0, worst) - Math.max(0, next)
  return { observed: excesses.reduce((sum, one) => sum + one, expected) - cut, expected }
}
