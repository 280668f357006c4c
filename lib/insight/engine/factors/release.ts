import { groupSums, type Members, type Series } from "@/lib/insight/engine/factors/groups"
import { weights } from "@/lib/insight/engine/terms/settings"
import { signalCount } from "@/lib/insight/engine/terms/signals"

/**
 * How many times as often failures are expected of a terminal as the reference says: what others of the
 * fleet, its model and its releases show, each drawn to the one before. A terminal is no evidence for itself.
 * The counts are `weighed`.
 */
export function releaseFactors(
  recent: Series,
  { models, releases }: { models: Members; releases: Members },
): Float64Array {
  const terminals = models.of.length
  const everyone = { of: new Int32Array(terminals), count: 1 }
  const levels = [
    { ...everyone, sums: groupSums(everyone, recent), weight: weights.fleet },
    { ...models, sums: groupSums(models, recent), weight: weights.model },
    { ...releases, sums: groupSums(releases, recent), weight: weights.release },
  ]
  const factors = new Float64Array(terminals * signalCount).fill(1)
  for (let i = 0; i < terminals; i += 1)
    for (let s = 0; s < signalCount; s += 1) {
      const own = i * signalCount + s
      const expected = recent.expected(own)
      const observed = recent.observed(own)
      let factor = 1
      for (const { of, sums, weight } of levels) {
        const at = (of[i] ?? 0) * signalCount + s
        const others = { o: (sums.observed[at] ?? 0) - observed, e: (sums.expected[at] ?? 0) - expected }
        factor *= (weight + others.o) / (weight + Math.max(0, others.e) * factor)
      }
      factors[own] = factor
    }
  return factors
}
