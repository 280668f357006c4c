import type { Sensitivity } from "@/lib/access/organisation/words"
import type { Counter } from "@/lib/insight/engine/terms/signals"

// Numbers that decide. They were chosen on seed 1 of the simulator, or come from the literature named; the
// README says what they reach on other seeds.

/**
 * False discovery rates of the list of each night, a step apart. The last one is only for tightened rules of
 * organisations that want few flags.
 */
export const discoveryRates = [0.05, 0.01, 0.001, 0.0001] as const
export const stepOf = { high: 0, normal: 1, low: 2 } as const satisfies Record<Sensitivity, number>

/** The variance of healthy terminals' rates and of their days, until the fleet has taught its own. */
export const shippedNull = { terminals: 0.1, days: 0.1 } as const
/** Lines differ much more in speed than terminals in failures. */
export const shippedNullOfSpeed = 0.8
export const fewestToLearn = 50
export const leastExpectedToLearn = 2

/** What a night keeps of the sums of the nights before: a memory of about twenty days. */
export const recentDecay = 0.95
/** A release's own memory is shorter, because a bad one is found within days. */
export const releaseDecay = 0.8

/** Pseudo-counts of expected failures by which factors are drawn to what they are compared with. */
export const weights = {
  fleet: 30,
  model: 16,
  release: 40,
  issuer: 30,
  storeDay: 0.5,
  carrier: 2,
  operator: 6,
  device: 5,
}

export const cusumRises = [1.75, 4, 10] as const
/** Nights before a terminal's own history is long enough to look for changes. */
export const nightsOfBaseline = 28

/** A day on which a line is bad: so many failures at least, and so rare. */
export const badLine = { least: 2, p: 0.02 } as const
/** Without its worst day a bad line's week must look bad, too: one outage is no fault of a terminal. */
export const badRestOfWeek = 0.05

export const gates = {
  /** Failures more than expected. */
  excess: 4,
  ratio: 1.5,
  /** Lines differ in speed and drift: of a slow terminal, so many times as many sales must be slow. */
  ratioOfSpeed: { week: 2, month: 2, change: 3 },
  /** What is as rare as this needs no second night, and is found by the hour. */
  certain: 1e-7,
  badDays: 2,
  badDaysAlone: 5,
  releaseRatio: 1.3,
  releaseNights: 3,
} as const

/** Rates before a terminal has counted anything, beside those of sales. */
export const shippedCounterRates: Readonly<Record<Exclude<Counter, "crashes">, number>> = {
  chipReads: 0.04,
  tapReads: 0.03,
  swipeReads: 0.06,
  slowSales: 0.05,
}
export const shippedCrashesPerDay = 0.05
