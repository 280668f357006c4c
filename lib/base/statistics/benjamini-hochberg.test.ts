import { expect, test } from "vitest"
import { discoveryLimit } from "@/lib/base/statistics/benjamini-hochberg"

// Benjamini and Hochberg (1995), section 3.2: 15 end points of a trial of thrombolysis.
const published = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
  0.759, 1,
]

test("the example of the paper has four discoveries at a rate of .05", () => {
  expect(discoveryLimit(published, 0.05)).toBe(0.0095)
  expect(discoveryLimit(published.toReversed(), 0.05)).toBe(0.0095)
})

test("a later p value that passes takes those before it with it", () => {
  expect(discoveryLimit([0.04, 0.03, 0.02], 0.04)).toBe(0.04)
})

test("there may be no discovery", () => {
  expect(discoveryLimit([0.5, 0.2, 0.9], 0.05)).toBe(0)
  expect(discoveryLimit([], 0.05)).toBe(0)
})
