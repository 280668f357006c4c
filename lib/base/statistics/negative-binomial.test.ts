import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { countQuantile, logProbability, upperTail } from "@/lib/base/statistics/negative-binomial"

describe("the mid-p value of an excess", () => {
  // Computed with @stdlib/stats-base-dists-negative-binomial-cdf 0.2.3.
  test.each([
    [0, 0.2, 10, 0.589825850062422],
    [1, 0.2, 10, 0.0992253962155154],
    [3, 0.2, 2, 0.0015585125208785744],
    [4, 1, 5, 0.01980323677157947],
    [10, 4, 1.5, 0.0779355339152954],
    [20, 4, 8, 0.000012800599453632877],
    [2, 5, 4, 0.8140602625691281],
    [40, 60, 20, 0.9139057848342318],
    [75, 60, 20, 0.16375140174876246],
    [12, 11.5, 300, 0.4235907359761435],
    [300, 250, 6, 0.277603952041956],
  ])("of %i failures, %f expected, size %f", (observed, mean, size, p) => {
    expect(upperTail(observed, mean, size) / p).toBeCloseTo(1, 8)
  })

  // Molina's table of the Poisson distribution: P(X >= 5) = 0.05265302 and P(X >= 6) = 0.01656361 at mean 2.
  test("of a Poisson count", () => {
    expect(upperTail(5, 2, Number.POSITIVE_INFINITY)).toBeCloseTo((0.05265302 + 0.01656361) / 2, 7)
  })

  test("keeps its relative accuracy far out", () => {
    // P(X >= 100) at mean 1 is 1/(e 100!) (1 + 1/101 + ...).
    const first = Math.exp(logProbability(100, 1, Number.POSITIVE_INFINITY))
    const p = upperTail(100, 1, Number.POSITIVE_INFINITY)
    expect(p / (first * (0.5 + 1 / 101 + 1 / (101 * 102)))).toBeCloseTo(1, 5)
  })

  test("is a probability that falls with the count, and grows with the mean", () => {
    const count = fc.integer({ min: 0, max: 300 })
    const positive = fc.double({ min: 0.01, max: 200, noNaN: true })
    fc.assert(
      fc.property(count, positive, positive, (observed, mean, size) => {
        const p = upperTail(observed, mean, size)
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(upperTail(observed + 1, mean, size)).toBeLessThanOrEqual(p + 1e-9)
        expect(upperTail(observed, mean * 1.1, size)).toBeGreaterThanOrEqual(p - 1e-9)
      }),
    )
  })

  test("is one half without anything expected or seen, and 0 for a failure that cannot be", () => {
    expect(upperTail(0, 0, 5)).toBe(0.5)
    expect(upperTail(1, 0, 5)).toBe(0)
    expect(upperTail(-2, 1, 5)).toBe(upperTail(0, 1, 5))
  })
})

// Computed with @stdlib/stats-base-dists-negative-binomial-quantile 0.2.2.
test.each([
  [0.025, 0.5, 4, 0],
  [0.975, 0.5, 4, 2],
  [0.999, 0.5, 4, 4],
  [0.025, 8, 5, 1],
  [0.975, 8, 5, 19],
  [0.999, 8, 5, 28],
  [0.001, 50, 20, 18],
  [0.975, 50, 20, 79],
  [0.999, 200, 10, 459],
  [0.5, 3000, 50, 2980],
])("the %f quantile at mean %f and size %f", (p, mean, size, count) => {
  expect(countQuantile(p, mean, size)).toBe(count)
})

// Table of the Poisson distribution: P(X <= 10) = 0.9863 and P(X <= 9) = 0.9682 at mean 5.
test("the quantile of a Poisson count", () => {
  expect(countQuantile(0.975, 5, Number.POSITIVE_INFINITY)).toBe(10)
})
