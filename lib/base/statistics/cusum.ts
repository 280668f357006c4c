/**
 * One step of a CUSUM of log likelihood ratios: has the rate of failures risen to `rise` times the expected
 * one? Counts are negative binomial with this size. A score s is as rare as e^-s while nothing has changed,
 * because e^increment has mean 1 then. Basseville and Nikiforov (1993), Detection of Abrupt Changes, 2.2.
 */
export const cusumStep = (score: number, increment: number): number => Math.max(0, score + increment)

/** The log likelihood ratio of a count under `rise` times the expected mean against the expected mean. */
export function likelihoodRatio(
  observed: number,
  expected: number,
  { rise, size }: { rise: number; size: number },
): number {
  if (expected <= 0) return 0
  return (
    observed * Math.log((rise * (size + expected)) / (size + rise * expected)) -
    size * Math.log((size + rise * expected) / (size + expected))
  )
}
