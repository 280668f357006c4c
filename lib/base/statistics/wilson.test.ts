import { expect, test } from "vitest"
import { wilsonInterval } from "@/lib/base/statistics/wilson"

// Newcombe (1998), table I, method 3.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("%i of %i lies in [%f, %f]", (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials)
  expect(interval?.[0]).toBeCloseTo(low, 4)
  expect(interval?.[1]).toBeCloseTo(high, 4)
})

test("the lower bound is zero if no trial succeeds, and the upper one if all do", () => {
  const counts = Array.from({ length: 2000 }, (_, i) => i + 1)
  expect(counts.filter((trials) => wilsonInterval(0, trials)?.[0] !== 0)).toEqual([])
  expect(counts.filter((trials) => wilsonInterval(trials, trials)?.[1] !== 1)).toEqual([])
})

test("there is no interval without trials", () => {
  expect(wilsonInterval(0, 0)).toBeNull()
})
