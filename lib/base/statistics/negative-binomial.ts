import { logGamma } from "@/lib/base/statistics/gamma"

// A negative binomial count with mean m and size k has variance m + m²/k: a Poisson count whose rate varies
// with coefficient of variation 1/√k. A size of infinity is the Poisson distribution.

/** Natural logarithm of P(X = count). */
export function logProbability(count: number, mean: number, size: number): number {
  if (mean <= 0) return count === 0 ? 0 : Number.NEGATIVE_INFINITY
  const chance = size === Number.POSITIVE_INFINITY ? 0 : mean / (size + mean)
  if (chance === 0) return count * Math.log(mean) - mean - logGamma(count + 1)
  return (
    logGamma(size + count) -
    logGamma(size) -
    logGamma(count + 1) +
    size * Math.log1p(-chance) +
    (count === 0 ? 0 : count * Math.log(chance))
  )
}

const mostTerms = 100_000

/** P(X = count + 1) / P(X = count). */
const ratio = (count: number, mean: number, size: number) =>
  size === Number.POSITIVE_INFINITY
    ? mean / (count + 1)
    : (((size + count) / (count + 1)) * mean) / (size + mean)

/**
 * P(X > observed) + ½ P(X = observed): the mid-p value of an excess. Small values keep their relative
 * accuracy. Counts are rounded, and negative ones are 0.
 */
export function upperTail(observed: number, mean: number, size: number): number {
  const count = Math.max(0, Math.round(observed))
  if (mean <= 0) return count === 0 ? 0.5 : 0
  if (count <= mean) return 1 - lowerTail(count, mean, size)
  let term = Math.exp(logProbability(count, mean, size))
  let sum = term / 2
  for (let x = count; x < count + mostTerms && term > sum * 1e-16; x += 1) {
    term *= ratio(x, mean, size)
    sum += term
  }
  return Math.min(1, sum)
}

/** P(X < count) + ½ P(X = count). */
function lowerTail(count: number, mean: number, size: number): number {
  let term = Math.exp(logProbability(count, mean, size))
  let sum = term / 2
  for (let x = count - 1; x >= 0 && term > sum * 1e-17; x -= 1) {
    term /= ratio(x, mean, size)
    sum += term
  }
  return Math.min(1, sum)
}

/** The smallest count with P(X <= count) >= p: a prediction limit of a funnel plot. */
export function countQuantile(p: number, mean: number, size: number): number {
  if (mean <= 0 || p <= 0) return 0
  let term = Math.exp(logProbability(0, mean, size))
  let sum = term
  let count = 0
  // Far above a tiny P(X = 0) the sum would start from nothing: begin eight standard deviations below.
  const begin = Math.floor(mean - 8 * Math.sqrt(mean + (mean * mean) / size))
  if (begin > 0) {
    count = begin
    term = Math.exp(logProbability(count, mean, size))
    sum = term
  }
  while (sum < p && count < begin + mostTerms) {
    term *= ratio(count, mean, size)
    count += 1
    sum += term
  }
  return count
}
