/** What terminals of one model did at one age. */
export type AtAge = { months: number; failures: number; terminalMonths: number }

/** Expected failures of a terminal from new up to an age in months. */
export type LifeTable = (months: number) => number

/** So many terminal-months at the fleet's rate are added to each age. */
const weight = 50
/** Beyond the ages seen, the rate of the last year that was seen goes on. */
const lastMonths = 12

/**
 * A table of expected failures by age for one model. Each age's rate is drawn to the fleet's:
 * (failures + weight x fleet rate) / (terminal-months + weight).
 */
export function lifeTable(ages: readonly AtAge[], fleetRate: number): LifeTable {
  const oldest = Math.max(-1, ...ages.map(({ months }) => months))
  const rates = Array.from({ length: oldest + 1 }, () => fleetRate)
  for (const { months, failures, terminalMonths } of ages)
    rates[months] = (failures + weight * fleetRate) / (terminalMonths + weight)
  const totals = [0]
  for (const rate of rates) totals.push((totals.at(-1) ?? 0) + rate)
  const seen = rates.length
  const last = rates.slice(-lastMonths)
  const rateAfter = last.length === 0 ? fleetRate : last.reduce((sum, rate) => sum + rate, 0) / last.length
  return (months) => {
    if (months >= seen) return (totals[seen] ?? 0) + (months - seen) * rateAfter
    const whole = Math.floor(months)
    return (totals[whole] ?? 0) + (months - whole) * (rates[whole] ?? 0)
  }
}
