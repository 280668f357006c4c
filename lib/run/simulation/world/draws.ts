import type { Random } from "@/lib/run/simulation/random"

/** A standard normal number (Box and Muller 1958). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())

/** A factor with median 1; with a limit, its logarithm stays within this many sigmas. */
export function lognormal(random: Random, sigma: number, limit = Number.POSITIVE_INFINITY): number {
  let z = normal(random)
  while (Math.abs(z) > limit) z = normal(random)
  return Math.exp(sigma * z)
}

/** A gamma variable with mean 1 (Marsaglia and Tsang 2000); shapes below 1 by a power of a uniform number. */
export function gammaFactor(random: Random, shape: number): number {
  if (shape < 1) {
    const boosted = gammaFactor(random, shape + 1) * (shape + 1)
    return (boosted * (1 - random.unit()) ** (1 / shape)) / shape
  }
  const d = shape - 1 / 3
  for (;;) {
    const x = normal(random)
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(1 - random.unit()) < x * x * 0.5 + d * (1 - v + Math.log(v))) return (d * v) / shape
  }
}

/** A Poisson count; large means are split, because Knuth's method needs e^-mean. */
export function poisson(random: Random, mean: number): number {
  let count = 0
  let rest = mean
  for (; rest > 30; rest -= 30) count += random.poisson(30)
  return count + random.poisson(rest)
}

/** 1, 2, 3, ... up to `most`; each further one with chance `goOn`. */
export function geometric(random: Random, goOn: number, most: number): number {
  let count = 1
  while (count < most && random.chance(goOn)) count += 1
  return count
}

export const between = (random: Random, [low, high]: readonly [number, number]): number =>
  low + (high - low) * random.unit()

/** Index of the first running total above a number in [0, 1). */
export function indexOf(totals: ArrayLike<number>, at: number): number {
  for (let i = 0; i < totals.length; i += 1) if (at < (totals[i] ?? 1)) return i
  return totals.length - 1
}

/** Running totals of weights, as shares of their sum. */
export function runningShares(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  let total = 0
  return weights.map((weight) => (total += weight / sum))
}
