import { expect, test } from "vitest"
import { bestExplanation, gain } from "@/lib/insight/engine/explain"

const count = (observed: number, expected: number) => ({ observed, expected })

test("an excess gains likelihood, anything else does not", () => {
  expect(gain(count(10, 5))).toBeCloseTo(10 * Math.log(2) - 5, 12)
  expect(gain(count(3, 5))).toBe(0)
  expect(gain(count(3, 0))).toBe(0)
})

test.each([
  ["terminal", { terminal: count(20, 4), operators: [count(11, 8), count(12, 8)], store: count(32, 16) }],
  ["operator", { terminal: count(14, 6), operators: [count(30, 6), count(8, 8)], store: count(38, 24) }],
  ["store", { terminal: count(12, 4), operators: [count(14, 6), count(15, 6)], store: count(44, 16) }],
  // Its neighbours are a little worse than expected, it is far worse than they are.
  ["terminal", { terminal: count(50, 4), operators: [], store: count(150, 70) }],
  ["terminal", { terminal: count(20, 4), operators: [count(20, 4)], store: count(20, 4) }],
])("%s: %j", (best, rivals) => {
  expect(bestExplanation(rivals)).toBe(best)
})
