/**
 * A share rounded to so many decimals of a percent. It is 1 only if the share is, so that 99.97% is not
 * shown as 100.0%. `isLess`: it would round to 0 but is more, and is shown as less than the smallest step.
 */
export function shownShare(share: number, decimals: number): { share: number; isLess: boolean } {
  const steps = 100 * 10 ** decimals
  const rounded = Math.round(share * steps)
  if (share < 1 && rounded >= steps) return { share: (steps - 1) / steps, isLess: false }
  if (share > 0 && rounded === 0) return { share: 1 / steps, isLess: true }
  return { share: rounded / steps, isLess: false }
}
