/** Where each class of durations ends, in milliseconds; each is √2 times as wide as the one before. */
export const classEnds: readonly number[] = Array.from({ length: 20 }, (_, i) =>
  Math.round(125 * 2 ** (i / 2)),
)
export const classCount = classEnds.length + 1

/**
 * The duration that this share of the sales took at most, in milliseconds; within its class, sales are spread
 * evenly by the logarithm. Null without sales.
 */
export function durationQuantile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  let rest = share * total
  const last = counts.findLastIndex((count) => count > 0)
  const at = counts.findIndex((count) => (rest -= count) <= 0)
  const found = at === -1 ? last : at
  const count = counts[found] ?? 1
  const ratio = Math.SQRT2
  const begin = found === 0 ? (classEnds[0] ?? 0) / ratio : (classEnds[found - 1] ?? 0)
  return Math.round(begin * ratio ** Math.min(1, (rest + count) / count))
}
