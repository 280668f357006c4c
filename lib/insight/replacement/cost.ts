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
const frailtyWeight = 20
/** The ages at which a new terminal could be replaced again, in months. */
const longestLife = 180
const shortestLife = 12
const year = 12
/** How often a terminal is asked about. */
const quarter = 3

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

/**
 * What a new terminal costs a year, if it is replaced at the age at which that is cheapest (equivalent annual
 * cost).
 */
export function newCost({ table, prices }: Pick<Worn, "table" | "prices">): number {
  let least = Number.POSITIVE_INFINITY
  for (let months = shortestLife; months <= longestLife; months += 1)
    least = Math.min(least, ((prices.unit + table(months) * prices.failure) * year) / months)
  return least
}

/** Whether it is cheaper to replace a terminal than to keep it for another quarter. */
export const isReplacementCheaper = (worn: Worn): boolean => keepingCost(worn) > newCost(worn)
