import { expect, test } from "vitest"
import { byStability, isComparable } from "@/lib/outlook/league/rank"

const row = (name: string, interval: [number, number] | null, terminals = 50, attempts = 5000) => ({
  name,
  terminals,
  attempts,
  interval,
})

test("puts the most stable first, and groups with few terminals or sales last", () => {
  const table = [
    row("worst", [0.02, 0.03]),
    row("no sales", null, 50, 0),
    row("best", [0.001, 0.004]),
    row("one terminal", [0, 0.001], 1),
    row("wide", [0.001, 0.009]),
    row("lucky so far", [0, 0.02]),
    row("few sales", [0, 0.0005], 50, 999),
  ]
  expect(table.toSorted(byStability).map(({ name }) => name)).toEqual([
    "best",
    "wide",
    "lucky so far",
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
])("compares %i terminals with %i sales: %s", (terminals, attempts, expected) => {
  expect(isComparable({ terminals, attempts })).toBe(expected)
})
