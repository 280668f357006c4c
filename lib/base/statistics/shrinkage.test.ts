import { expect, test } from "vitest"
import { ratioInterval, shrunkRatio } from "@/lib/base/statistics/shrinkage"

test("few failures say little, many say almost what they are", () => {
  expect(shrunkRatio(3, 1, 10)).toBeCloseTo(13 / 11, 12)
  expect(shrunkRatio(300, 100, 10)).toBeCloseTo(310 / 110, 12)
  expect(shrunkRatio(0, 0, 10)).toBe(1)
})

// Exact Poisson limits (Garwood 1936), table for 95 %: 10 events have the upper limit 18.39 and 9 + 1 the
// lower limit 4.795. A gamma posterior of weight 0 has the lower limit of its count.
test("the interval contains what the exact limits say", () => {
  expect(ratioInterval(10, 1, { weight: 1e-9 })[0]).toBeCloseTo(4.795, 3)
  expect(ratioInterval(11, 1, { weight: 1e-9 })[1]).toBeCloseTo(18.39, 2)
})

test("the interval narrows with what was seen", () => {
  const width = ([low, high]: [number, number]) => high - low
  expect(width(ratioInterval(50, 50, { weight: 10 }))).toBeLessThan(
    width(ratioInterval(5, 5, { weight: 10 })),
  )
  expect(width(ratioInterval(5, 5, { weight: 10, coverage: 0.5 }))).toBeLessThan(
    width(ratioInterval(5, 5, { weight: 10 })),
  )
})
