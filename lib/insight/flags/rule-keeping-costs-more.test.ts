import { expect, test } from "vitest"
import type { Context } from "@/lib/insight/flags/rule"
import { keepingCostsMore } from "@/lib/insight/flags/rule-keeping-costs-more"
import type { Reason } from "@/lib/insight/flags/schemas"
import { economicsBy } from "@/lib/insight/replacement/economics"
import { context, healthy } from "@/tests/support/terminal-facts"
import { wearingCosts, wearingLives } from "@/tests/support/wearing-fleet"

const wearing: Context = {
  ...context,
  economicsOf: economicsBy({ costs: wearingCosts, prices: [], lives: wearingLives }),
}
/** Today is 2026-11-25 where it stands. */
const bought = (bornOn: string, failures: number) => ({ ...healthy, bornOn, failures })
const reasonsOf = (bornOn: string, failures: number) =>
  keepingCostsMore.evaluate(bought(bornOn, failures), wearing)?.reasons

test.each<[string, number, Reason["code"] | undefined]>([
  ["2024-11-25", 3, undefined],
  ["2024-11-25", 30, "keeping_costs_more"],
  ["2022-11-25", 12, "keeping_costs_more"],
  ["2022-11-25", 0, "past_best_age"],
])("bought on %s with %i failures: %s", (bornOn, failures, code) => {
  expect(reasonsOf(bornOn, failures)?.[0]?.code).toBe(code)
})

test("a terminal that never failed says at which age its model is replaced most cheaply", () => {
  expect(reasonsOf("2022-11-25", 0)).toEqual([
    { code: "past_best_age", bestMonths: 34, newMinor: 37_868, currency: "CNY", ageMonths: 48, failures: 0 },
  ])
})

test("it stays due until the best age is clearly ahead", () => {
  const recovered = (bornOn: string) => keepingCostsMore.hasRecovered?.(bought(bornOn, 0), wearing)
  // 33 and 28 months old; nine tenths of the best age are 30.6.
  expect([recovered("2024-02-25"), recovered("2024-07-25")]).toEqual([false, true])
})
