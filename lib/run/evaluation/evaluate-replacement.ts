import { groupBy } from "@/lib/base/group-by"
import { studentT } from "@/lib/base/statistics/student-t"
import { cheapestLife, isReplacementCheaper, type Life, type Prices } from "@/lib/insight/replacement/cost"
import { agesSeen, lifeTable, shrunkRates, type LifeTable } from "@/lib/insight/replacement/life-table"
import { newUnit, passMonth, type Unit } from "@/lib/run/evaluation/replacement-world"
import { Random } from "@/lib/run/simulation/random"

type Regime = { name: string; unit: number; visit: number; downtime: number }
const regimes: readonly Regime[] = [
  { name: "cheap", unit: 250, visit: 90, downtime: 60 },
  { name: "middle", unit: 450, visit: 110, downtime: 150 },
  { name: "kiosk", unit: 1500, visit: 150, downtime: 300 },
]

/** Whether a terminal is replaced; asked when it has failed, and each quarter. */
type Policy = (unit: Unit, known: Known) => boolean
type Known = { table: LifeTable; prices: Prices; life: Life; visit: number }

const sixYears = 72
const isOld: Policy = ({ age }) => age >= sixYears
const isVisitedOften: Policy = ({ age, failedAt }) => failedAt.filter((at) => at > age - 6).length >= 3

const policies = {
  "always repair": () => false,
  "at six years": isOld,
  "three visits in 180 days": isVisitedOften,
  "repairs above half the price": ({ failedAt }, { prices, visit }) =>
    failedAt.length * visit > prices.unit / 2,
  "at six years, or three visits": (unit, known) => isOld(unit, known) || isVisitedOften(unit, known),
  "cost rule": ({ age, failedAt }, { table, prices, life }) =>
    isReplacementCheaper({ ageMonths: age, failures: failedAt.length, table, prices }, life),
} satisfies Record<string, Policy>
type PolicyName = keyof typeof policies

/** Money for each terminal and year. */
export type ReplacementCosts = { regime: string } & Record<PolicyName, number>

const devices = 500
const months = 240 * 12
const quarter = 3

/** The life table that a fleet of repaired terminals teaches in ten years. */
function learntTable(seed: number): LifeTable {
  const random = new Random("replacement", seed, "learn")
  const ages = Array.from({ length: 120 }, (_, age) => ({ months: age, failures: 0, terminalMonths: 0 }))
  for (let i = 0; i < 1_000; i += 1) {
    const unit = newUnit(random)
    for (const age of ages) {
      age.terminalMonths += 1
      if (passMonth(unit, random)) age.failures += 1
    }
  }
  const sum = ages.reduce((total, { failures }) => total + failures, 0)
  const usual = sum / (ages.length * 1_000)
  return lifeTable(
    shrunkRates(ages, () => usual),
    agesSeen(ages),
  )
}

/** What a terminal costs a year under each policy, in fleets whose failures are known. */
export function evaluateReplacement(seed: number): ReplacementCosts[] {
  const table = learntTable(seed)
  return regimes.map((regime) => {
    const costOf = (name: PolicyName) => costAYear(policies[name], { regime, table, seed })
    const names = Object.keys(policies) as PolicyName[]
    const costs = Object.fromEntries(names.map((name) => [name, costOf(name)])) as Record<PolicyName, number>
    return { regime: regime.name, ...costs }
  })
}

/** Of a 95 % interval. */
const z = 1.96
const ours = "cost rule" satisfies PolicyName

export type Difference = {
  regime: string
  best: PolicyName
  percent: number
  /** The ends of the 95 % interval. Null with one seed. */
  from: number | null
  to: number | null
}

/**
 * How much dearer our policy is than the best of the others, over seeds in which all had the same terminals:
 * the mean in percent, and its 95 % interval.
 */
export function differencesOf(costs: readonly ReplacementCosts[]): Difference[] {
  return [...groupBy(costs, ({ regime }) => regime)].map(([regime, rows]) => {
    const meanOf = (name: PolicyName) => mean(rows.map((row) => row[name]))
    const others = (Object.keys(policies) as PolicyName[]).filter((name) => name !== ours)
    const [best = ours] = others.toSorted((a, b) => meanOf(a) - meanOf(b))
    const percents = rows.map((row) => 100 * (row[ours] / row[best] - 1))
    const percent = mean(percents)
    const variance = percents.reduce((sum, one) => sum + (one - percent) ** 2, 0) / (rows.length - 1)
    const width = studentT(rows.length - 1, z) * Math.sqrt(variance / rows.length)
    const [from, to] = rows.length > 1 ? [percent - width, percent + width] : [null, null]
    return { regime, best, percent, from, to }
  })
}

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length

type Run = { regime: Regime; table: LifeTable; seed: number }

function costAYear(policy: Policy, { regime, table, seed }: Run): number {
  const prices = { unit: regime.unit, failure: regime.visit + regime.downtime }
  const known = { table, prices, life: cheapestLife({ table, prices }), visit: regime.visit }
  let cost = 0
  for (let device = 0; device < devices; device += 1) {
    const random = new Random("replacement", seed, device)
    let unit = newUnit(random)
    for (let month = 0; month < months; month += 1) {
      const failed = passMonth(unit, random)
      if (failed) cost += prices.failure
      if ((failed || unit.age % quarter === 0) && policy(unit, known)) {
        cost += prices.unit
        unit = newUnit(random)
      }
    }
  }
  return (cost * 12) / (devices * months)
}
