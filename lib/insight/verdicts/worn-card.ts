import { cardReads } from "@/lib/insight/verdicts/likelihoods"

/**
 * How many times more likely it is that a worn card was read and refused so often at other times than a good
 * one: the beta-binomial probability against the binomial one.
 */
export function wornCardRatio({ failed, worked }: { failed: number; worked: number }): number {
  const sightings = failed + worked
  const worn = 1 / (sightings + 1)
  let good = cardReads.goodFails ** failed * (1 - cardReads.goodFails) ** worked
  for (let i = 1; i <= failed; i += 1) good *= (worked + i) / i
  return worn / good
}
