import { cardReads } from "@/lib/insight/verdicts/likelihoods"

/** Beyond this it is certain, and the numbers stay finite. */
const mostLog = 460

/**
 * How many times more likely it is that a worn card was read and refused so often at other times than a good
 * one: the beta-binomial probability against the binomial one.
 */
export function wornCardRatio({ failed, worked }: { failed: number; worked: number }): number {
  const sightings = failed + worked
  const worn = -Math.log(sightings + 1)
  let good = failed * Math.log(cardReads.goodFails) + worked * Math.log(1 - cardReads.goodFails)
  for (let i = 1; i <= failed; i += 1) good += Math.log((worked + i) / i)
  return Math.exp(Math.min(mostLog, worn - good))
}
