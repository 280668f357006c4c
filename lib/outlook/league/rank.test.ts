import { expect, test } from "vitest"
import { byStability, isComparable } from "@/lib/outlook/league/rank"

const standing = (name: string, interval: [number, number] | null, terminals = 50, attempts = 5000) => ({
  name,
  terminals,
  attempts,
  interval,
})

test("the most stable stands first; few terminals or sales are no merit", () => {
  const table = [
    standing("worst", [0.02, 0.03]),
    standing("no sales", null, 50, 0),
    standing("best", [0.001, 0.004]),
    standing("one terminal", [0, 0.001], 1),
    standing("wide", [0.001, 0.009]),
    standing("few sales", [0, 0.0005], 50, 999),
  ]
  expect(table.toSorted(byStability).map(({ name }) => name)).toEqual([
    "best",
    "wide",
    "worst",
    "few sales",
    "one terminal",
    "no sales",
  ])
})

test.each([
  [5, 1000, true],
  [4, 1000, false],
  [5, 999, false],
])("%i terminals with %i sales can be compared: %s", (terminals, attempts, expected) => {
  expect(isComparable({ terminals, attempts })).toBe(expected)
})
