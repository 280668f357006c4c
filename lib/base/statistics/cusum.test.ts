import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus"
import { expect, test } from "vitest"
import { cusumStep, likelihoodRatio } from "@/lib/base/statistics/cusum"
import { logProbability } from "@/lib/base/statistics/negative-binomial"

const cases = [
  { expected: 0.05, rise: 1.75, size: 8 },
  { expected: 0.2, rise: 4, size: 10 },
  { expected: 1, rise: 2, size: 10 },
  { expected: 5, rise: 1.75, size: 3 },
  { expected: 40, rise: 4, size: 20 },
]

// The increment is log(f1/f0), so e^increment has mean 1 under f0.
test.each(cases)("e^increment has mean 1 while nothing changed: %j", ({ expected, rise, size }) => {
  let mean = 0
  for (let x = 0; x < 3000; x += 1)
    mean += Math.exp(likelihoodRatio(x, expected, { rise, size }) + logProbability(x, expected, size))
  expect(mean).toBeCloseTo(1, 8)
})

test.each(cases)("an increment is the ratio of the two probabilities: %j", ({ expected, rise, size }) => {
  for (const x of [0, 1, 7])
    expect(likelihoodRatio(x, expected, { rise, size })).toBeCloseTo(
      logProbability(x, rise * expected, size) - logProbability(x, expected, size),
      10,
    )
})

test("nothing expected adds nothing", () => {
  expect(likelihoodRatio(2, 0, { rise: 2, size: 5 })).toBe(0)
})

test("a score of s is as rare as e^-s in a terminal that did not change", () => {
  const random = xoroshiro128plus(16)
  const unit = () => (random.next() >>> 0) / 2 ** 32
  const draw = (mean: number, size: number) => {
    let [count, rest] = [0, unit()]
    for (let p = Math.exp(logProbability(0, mean, size)); rest > p && count < 200; count += 1) {
      rest -= p
      p = Math.exp(logProbability(count + 1, mean, size))
    }
    return count
  }
  const days = 200_000
  const above = [2, 3, 4, 5].map((limit) => ({ limit, days: 0 }))
  let score = 0
  for (let day = 0; day < days; day += 1) {
    score = cusumStep(score, likelihoodRatio(draw(1, 10), 1, { rise: 2, size: 10 }))
    for (const one of above) if (score >= one.limit) one.days += 1
  }
  for (const { limit, days: seen } of above) {
    expect(seen / days).toBeLessThan(Math.exp(-limit))
    // The bound is not so wide that it would hide changes: within a factor of four.
    expect(seen / days).toBeGreaterThan(Math.exp(-limit) / 4)
  }
})
