import { shrunkRatio } from "@/lib/base/statistics/shrinkage"
import type { LifeTable } from "@/lib/insight/replacement/life-table"

/** Minor units of one currency. */
export type Prices = {
  /** A new terminal, installed. */
  unit: number
  /** One failure: the visit, parts and lost sales. */
  failure: number
}

/** Terminals differ: so many expected failures are added to a terminal's own. */
const frailtyWeight = 10
/** The ages at which a new terminal could be replaced again, in months. */
const longestLife = 180
const shortestLife = 12
const year = 12
/** How often a terminal is asked about. */
const quarter = 3
/** Age decides if a new terminal that is kept for the longest life costs at least so many times the least. */
const clearlyDearer = 1.05

type Worn = { ageMonths: number; failures: number; table: LifeTable; prices: Prices }

/** How often a terminal fails, as a multiple of others of its age. */
export const frailtyOf = ({ ageMonths, failures, table }: Omit<Worn, "prices">): number =>
  shrunkRatio(failures, table(ageMonths), frailtyWeight)

/** What a terminal costs a year until it is asked about again, if it is kept. */
export function keepingCost({ ageMonths, failures, table, prices }: Worn): number {
  const frailty = frailtyOf({ ageMonths, failures, table })
  const expected = frailty * (table(ageMonths + quarter) - table(ageMonths))
  return (expected * prices.failure * year) / quarter
}

export type Life = {
  /** What a new terminal costs a year, if it is replaced when that is cheapest (equivalent annual cost). */
  newCost: number
  /** The age at which it is. Infinity if a new terminal costs hardly more when it is kept longer. */
  bestMonths: number
}

export function cheapestLife({ table, prices }: Pick<Worn, "table" | "prices">): Life {
  const costUntil = (months: number) => ((prices.unit + table(months) * prices.failure) * year) / months
  let bestMonths = shortestLife
  for (let months = shortestLife; months <= longestLife; months += 1)
    if (costUntil(months) < costUntil(bestMonths)) bestMonths = months
  const newCost = costUntil(bestMonths)
  const isAgeClear = costUntil(longestLife) >= clearlyDearer * newCost
  return { newCost, bestMonths: isAgeClear ? bestMonths : Number.POSITIVE_INFINITY }
}

/**
 * Whether it is cheaper to replace a terminal than to keep it for another quarter. At the best age it is,
 * however seldom it failed: its own failures are too few to say that it lasts longer than others.
 */
export const isReplacementCheaper = (worn: Worn, { newCost, bestMonths }: Life): boolean =>
  worn.ageMonths >= bestMonths || keepingCost(worn) > newCost
