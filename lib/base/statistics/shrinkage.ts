import { gammaQuantile } from "@/lib/base/statistics/gamma"

/**
 * Observed over expected, drawn towards 1 as if `weight` expected failures had been seen as expected: the
 * posterior mean of a Poisson rate whose prior is a gamma distribution with mean 1.
 */
export const shrunkRatio = (observed: number, expected: number, weight: number): number =>
  (weight + observed) / (weight + expected)

/** The posterior interval of the same ratio; with both tails of (1 - coverage) / 2. */
export function ratioInterval(
  observed: number,
  expected: number,
  { weight, coverage = 0.95 }: { weight: number; coverage?: number },
): [low: number, high: number] {
  const tail = (1 - coverage) / 2
  const at = (p: number) => gammaQuantile(p, weight + observed) / (weight + expected)
  return [at(tail), at(1 - tail)]
}
