const dayMs = 86_400_000

/**
 * The instant some days of 24 hours after `at`, or before it. Statements are given it as a bound, because the
 * planner leaves out no partitions by a sum of an instant and an interval.
 */
export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * dayMs)
