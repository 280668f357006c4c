/** What terminals of a fleet cost: a new one 400, a failure 100. */
export const wearingCosts = {
  since: "2010-01-01",
  currency: "CNY",
  terminalPriceMinor: 40_000,
  visitCostMinor: 10_000,
  partsCostMinor: 0,
  downtimeHourMinor: 0,
  downtimeHours: 0,
}

/** A failure a year when new, and one more each year: a new terminal is cheapest if replaced at 34 months. */
export const wearingLives = Array.from({ length: 120 }, (_, months) => ({
  modelId: 1,
  months,
  failures: Math.round((100_000 * (1 + months / 12)) / 12),
  terminalMonths: 100_000,
}))
