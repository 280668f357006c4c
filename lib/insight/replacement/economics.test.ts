import { describe, expect, test } from "vitest"
import { isReplacementCheaper } from "@/lib/insight/replacement/cost"
import { economicsBy, keepingMinor, wornOn } from "@/lib/insight/replacement/economics"

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
  ["2024-12-01", 4],
  ["2024-12-01", 30],
  ["2022-12-01", 12],
  ["2018-12-01", 40],
  ["2026-11-01", 0],
])("bought on %s with %i failures: the cost rule decides as with its own numbers", (bornOn, failures) => {
  for (const modelId of [1, 2, null]) {
    const economics = economicsOf(modelId)
    const worn = { bornOn, failures }
    expect(keepingMinor(economics, worn, today) > economics.newMinor).toBe(
      isReplacementCheaper({ ...wornOn(economics, worn, today), ...economics }),
    )
  }
})

test("an old terminal is cheaper to replace, and not if new ones are dear", () => {
  const worn = { bornOn: "2020-12-01", failures: 25 }
  const [cheap, dear] = [economicsOf(1), economicsOf(2)]
  expect(keepingMinor(cheap, worn, today)).toBeGreaterThan(cheap.newMinor)
  expect(keepingMinor(dear, worn, today)).toBeLessThan(dear.newMinor)
})

describe("before failures are known", () => {
  const unknown = economicsBy({ costs: { ...costs, since: today }, prices: [], lives: [] })(null)

  test("a terminal is taken to have failed as usual", () => {
    const { ageMonths, failures } = wornOn(unknown, { bornOn: "2020-12-01", failures: 0 }, today)
    expect(failures).toBeCloseTo(unknown.table(ageMonths), 10)
  })

  test("no age alone asks for a replacement", () => {
    const worn = { bornOn: "2010-12-01", failures: 0 }
    expect(keepingMinor(unknown, worn, today)).toBeLessThan(unknown.newMinor)
  })
})
