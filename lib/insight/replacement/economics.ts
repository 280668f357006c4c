import type { Day } from "@/lib/base/time/zone"
import { numberOf } from "@/lib/base/time/zone-days"
import {
  cheapestLife,
  isReplacementCheaper,
  keepingCost,
  type Life,
  type Prices,
} from "@/lib/insight/replacement/cost"
import {
  agesSeen,
  lifeTable,
  shrunkRates,
  type AtAge,
  type LifeTable,
} from "@/lib/insight/replacement/life-table"

/** The organisation's prices, in minor units of its currency, and since when its failures are known. */
export type Costs = {
  since: Day
  currency: string
  terminalPriceMinor: number
  visitCostMinor: number
  partsCostMinor: number
  downtimeHourMinor: number
  downtimeHours: number
}
export type ModelPrice = { modelId: number; priceMinor: number | null }
/** Model 0 is of terminals without one. */
export type ModelAge = AtAge & { modelId: number }

/** What a model's terminals cost. */
export type Economics = {
  table: LifeTable
  prices: Prices
  life: Life
  currency: string
  since: Day
}
export type EconomicsOf = (modelId: number | null) => Economics

/**
 * Failures a month until an organisation's own are known: one in six years. An assumption, which fifty
 * terminal-months of an age outweigh.
 */
const shippedRate = 1 / 72

type Known = { costs: Costs; prices: readonly ModelPrice[]; lives: readonly ModelAge[] }

/** What terminals of each model cost. The fleet's rates are drawn to what ships, a model's to the fleet's. */
export function economicsBy({ costs, prices, lives }: Known): EconomicsOf {
  const fleet = sumAges(lives)
  const fleetRates = shrunkRates(fleet, () => shippedRate)
  const failure = costs.visitCostMinor + costs.partsCostMinor + costs.downtimeHourMinor * costs.downtimeHours
  const priceOf = new Map(prices.map(({ modelId, priceMinor }) => [modelId, priceMinor]))
  const made = new Map<number, Economics>()
  const make = (id: number): Economics => {
    const own = lives.filter(({ modelId }) => modelId === id)
    const table = lifeTable(shrunkRates(own, fleetRates), agesSeen(fleet))
    const ofModel = { unit: priceOf.get(id) ?? costs.terminalPriceMinor, failure }
    const life = cheapestLife({ table, prices: ofModel })
    return { table, prices: ofModel, life, currency: costs.currency, since: costs.since }
  }
  return (modelId) => {
    const id = modelId ?? 0
    const economics = made.get(id) ?? make(id)
    made.set(id, economics)
    return economics
  }
}

function sumAges(lives: readonly ModelAge[]): AtAge[] {
  const sums = new Map<number, AtAge>()
  for (const { months, failures, terminalMonths } of lives) {
    const sum = sums.get(months) ?? { months, failures: 0, terminalMonths: 0 }
    sum.failures += failures
    sum.terminalMonths += terminalMonths
    sums.set(months, sum)
  }
  return [...sums.values()]
}

const daysAMonth = 365.25 / 12
const monthsBetween = (from: Day, to: Day) => Math.max(0, (numberOf(to) - numberOf(from)) / daysAMonth)

/** The day from which a terminal's age counts, and its confirmed failures. */
export type Worn = { bornOn: Day; failures: number }

/** Its age on a day, and its failures, with those that were to be expected before any were known. */
export function wornOn({ table, since }: Economics, { bornOn, failures }: Worn, on: Day) {
  const ageMonths = monthsBetween(bornOn, on)
  return { ageMonths, failures: failures + table(Math.min(ageMonths, monthsBetween(bornOn, since))) }
}

/** What a terminal costs a year if it is kept on a day for another quarter. */
export const keepingMinor = (economics: Economics, worn: Worn, on: Day): number =>
  keepingCost({ ...economics, ...wornOn(economics, worn, on) })

/** Whether a terminal is to be replaced on a day. */
export const isDue = (economics: Economics, worn: Worn, on: Day): boolean =>
  isReplacementCheaper({ ...economics, ...wornOn(economics, worn, on) }, economics.life)
