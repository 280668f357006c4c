import { expect, test } from "vitest"
import { gammaCdf, gammaQuantile, logGamma } from "@/lib/base/statistics/gamma"

// Computed with @stdlib/math-base-special-gammaln 0.3.1.
test.each([
  [0.05, 2.9688792010517306],
  [0.5, 0.5723649429247001],
  [1, 0],
  [2.5, 0.2846828704729192],
  [7, 6.579251212010101],
  [19.9, 39.04308858123621],
  [20.1, 39.637192503636946],
  [150, 600.0094705553274],
  [12345.6, 103959.18506616846],
])("log gamma of %f", (x, value) => {
  expect(logGamma(x)).toBeCloseTo(value, 10)
})

// Computed with @stdlib/stats-base-dists-gamma-quantile 0.2.3.
const quantiles: [p: number, shape: number, value: number][] = [
  [0.025, 0.5, 0.0004910345585876281],
  [0.5, 0.5, 0.22746821155978633],
  [0.975, 0.5, 2.5119430936574436],
  [0.025, 4, 1.089865373626325],
  [0.975, 4, 8.767273069742325],
  [0.999, 10, 22.65737330906293],
  [0.001, 10, 2.96052037274376],
  [0.025, 250, 219.9679956309373],
  [0.975, 250, 281.9257646721426],
  [0.01, 0.05, 5.844632057286529e-41],
]

test.each(quantiles)("gamma quantile of %f with shape %f", (p, shape, value) => {
  expect(gammaQuantile(p, shape) / value).toBeCloseTo(1, 9)
  expect(gammaCdf(value, shape)).toBeCloseTo(p, 12)
})

// Chi-square table, 95 % points: half of it is a gamma variable with half the degrees of freedom.
test.each([
  [1, 3.841],
  [2, 5.991],
  [10, 18.307],
  [100, 124.342],
])("chi-square with %i degrees of freedom has its 95 %% point at %f", (degrees, point) => {
  expect(2 * gammaQuantile(0.95, degrees / 2)).toBeCloseTo(point, 3)
})

test("probabilities outside of (0, 1) have the ends of the range", () => {
  expect(gammaQuantile(0, 3)).toBe(0)
  expect(gammaQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY)
  expect(gammaCdf(-1, 3)).toBe(0)
})
