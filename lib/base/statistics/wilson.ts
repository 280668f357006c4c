/** The 97.5 % point of the standard normal distribution. */
const z = 1.959963984540054

/**
 * Wilson's 95 % score interval for a proportion, both bounds in [0, 1]. Null without trials. E. B. Wilson
 * (1927), J. Am. Stat. Assoc. 22:209-212; method 3 of R. G. Newcombe (1998), Stat. Med. 17:857-872.
 */
export function wilsonInterval(successes: number, trials: number): [low: number, high: number] | null {
  if (trials === 0) return null
  const p = successes / trials
  const centre = p + (z * z) / (2 * trials)
  const half = z * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials))
  const scale = 1 + (z * z) / trials
  // Rounding would leave bounds that are 0 or 1 a little beside them.
  return [
    successes === 0 ? 0 : Math.max(0, (centre - half) / scale),
    successes === trials ? 1 : Math.min(1, (centre + half) / scale),
  ]
}
