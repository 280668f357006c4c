/** What terminals of one model did at one age. */
export type AtAge = { months: number; failures: number; terminalMonths: number }

/** Failures of a terminal in a month of its age. */
export type RateAt = (months: number) => number

/** Expected failures of a terminal from new up to an age in months. */
export type LifeTable = (months: number) => number

/** So many terminal-months at the usual rate are added to each age. */
const weight = 50
/** Beyond the ages seen, the rate of the last year that was seen goes on. */
const lastMonths = 12

/** Rates by age, each drawn to the usual one: (failures + weight x usual) / (terminal-months + weight). */
export function shrunkRates(ages: readonly AtAge[], usual: RateAt): RateAt {
  const known = new Map(
    ages.map(({ months, failures, terminalMonths }) => [
      months,
      (failures + weight * usual(months)) / (terminalMonths + weight),
    ]),
  )
  return (months) => known.get(months) ?? usual(months)
}

/** A table of expected failures by age, from the rates of the ages that were seen. */
export function lifeTable(rateAt: RateAt, seen: number): LifeTable {
  const rates = Array.from({ length: seen }, (_, months) => rateAt(months))
  const totals = [0]
  for (const rate of rates) totals.push((totals.at(-1) ?? 0) + rate)
  const last = rates.slice(-lastMonths)
  const rateAfter = last.length === 0 ? rateAt(0) : last.reduce((sum, rate) => sum + rate, 0) / last.length
  return (months) => {
    if (months >= seen) return (totals[seen] ?? 0) + (months - seen) * rateAfter
    const whole = Math.floor(months)
    return (totals[whole] ?? 0) + (months - whole) * (rates[whole] ?? 0)
  }
}

/** How many months of age were seen. */
export const agesSeen = (ages: readonly AtAge[]): number =>
  Math.max(0, ...ages.map(({ months }) => months + 1))
