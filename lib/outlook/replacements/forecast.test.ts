import { describe, expect, test } from "vitest"
import { economicsBy } from "@/lib/insight/replacement/economics"
import { expectedOf, planOf, type Group } from "@/lib/outlook/replacements/forecast"
import { quartersFrom } from "@/lib/outlook/replacements/quarters"
import { wearingCosts, wearingLives } from "@/tests/support/wearing-fleet"

const today = "2026-12-01"
const quarters = quartersFrom(today)
const costs = { ...wearingCosts, since: "2015-01-01" }
const outlook = { economics: economicsBy({ costs, prices: [], lives: wearingLives })(1), quarters, today }
const group: Group = { modelId: 1, bornOn: "2026-11-01", failures: 0, useEndOn: null, terminals: 10 }

test("quarters begin with the current one", () => {
  expect(quarters.map(({ name }) => name)).toEqual([
    "2026-Q4",
    "2027-Q1",
    "2027-Q2",
    "2027-Q3",
    "2027-Q4",
    "2028-Q1",
    "2028-Q2",
    "2028-Q3",
  ])
  expect(quarters.at(-1)).toMatchObject({ from: "2028-07-01", to: "2028-10-01" })
})

describe("a group of terminals", () => {
  test.each<[string, Partial<Group>, ReturnType<typeof planOf>]>([
    ["that is new stays", {}, null],
    ["whose use has ended is due now", { useEndOn: "2026-01-31" }, { quarter: 0, why: "use_end" }],
    ["whose use ends later is due then", { useEndOn: "2027-09-30" }, { quarter: 3, why: "use_end" }],
    ["that costs more now is due now", { bornOn: "2020-12-01", failures: 24 }, { quarter: 0, why: "cost" }],
    [
      "is due for the reason that comes first",
      { bornOn: "2020-12-01", failures: 24, useEndOn: "2028-01-31" },
      { quarter: 0, why: "cost" },
    ],
  ])("%s", (_name, change, expected) => {
    expect(planOf({ ...group, ...change }, outlook)).toEqual(expected)
  })

  test("that ages is due in the quarter in which it crosses the cost of a new one", () => {
    // Failures a year equal age in years + 1. A new one costs 100 + 100 √8 = 382.8 a year: 2.83 years.
    const plan = planOf({ ...group, bornOn: "2025-04-01", failures: 3 }, outlook)
    expect(plan).toEqual({ quarter: 5, why: "cost" })
  })

  test("counts once, and its successors fail as new ones", () => {
    const expected = expectedOf({ ...group, useEndOn: "2027-05-31" }, outlook)
    expect(expected.map(({ useEnd }) => useEnd)).toEqual([0, 0, 10, 0, 0, 0, 0, 0])
    // From the third quarter on: 1 + 1/8 failures a year of each of ten in the first quarter of their age.
    expect(expected[2]?.failures).toBeCloseTo(10 * (0.25 + 0.25 ** 2 / 2), 0)
    expect(expected[3]?.failures).toBeGreaterThan(expected[2]?.failures ?? 0)
  })
})
