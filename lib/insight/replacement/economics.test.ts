import { describe, expect, test } from "vitest"
import { economicsBy, isDue, keepingMinor, wornOn } from "@/lib/insight/replacement/economics"

const costs = {
  since: "2015-01-01",
  currency: "CNY",
  terminalPriceMinor: 40_000,
  visitCostMinor: 6_000,
  partsCostMinor: 2_000,
  downtimeHourMinor: 1_000,
  downtimeHours: 2,
}
/** A failure a year when new, and one more each year, seen at many terminals. */
const lives = Array.from({ length: 120 }, (_, months) => ({
  modelId: 1,
  months,
  failures: Math.round((10_000 * (1 + months / 12)) / 12),
  terminalMonths: 10_000,
}))
const today = "2026-12-01"
const economicsOf = economicsBy({ costs, prices: [{ modelId: 2, priceMinor: 400_000 }], lives })

test.each([
  ["2024-12-01", 4, false],
  ["2024-12-01", 30, true],
  // Terminals of this model are cheapest if replaced at 34 months.
  ["2024-03-01", 0, false],
  ["2023-12-01", 0, true],
])("bought on %s with %i failures", (bornOn, failures, expected) => {
  expect(isDue(economicsOf(1), { bornOn, failures }, today)).toBe(expected)
})

test("an old terminal is cheaper to replace, and not if new ones are dear", () => {
  const worn = { bornOn: "2020-12-01", failures: 25 }
  const [cheap, dear] = [economicsOf(1), economicsOf(2)]
  expect(keepingMinor(cheap, worn, today)).toBeGreaterThan(cheap.life.newCost)
  expect(keepingMinor(dear, worn, today)).toBeLessThan(dear.life.newCost)
})

describe("before failures are known", () => {
  const unknown = economicsBy({ costs: { ...costs, since: today }, prices: [], lives: [] })(null)

  test("a terminal is taken to have failed as usual", () => {
    const { ageMonths, failures } = wornOn(unknown, { bornOn: "2020-12-01", failures: 0 }, today)
    expect(failures).toBeCloseTo(unknown.table(ageMonths), 10)
  })

  test("no age alone asks for a replacement", () => {
    const worn = { bornOn: "2010-12-01", failures: 0 }
    expect(isDue(unknown, worn, today)).toBe(false)
  })
})
