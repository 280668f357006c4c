import { expect, test } from "vitest"
import { amountOf, minorOf } from "@/lib/fleet/acquirers/money"

test.each([
  [299, "CNY", 29_900],
  [19.99, "CNY", 1999],
  [1.005, "KWD", 1005],
  [500, "JPY", 500],
  [12.5, "not a currency", 1250],
])("%d %s are %i minor units, and back", (amount, currency, minor) => {
  expect(minorOf(amount, currency)).toBe(minor)
  expect(amountOf(minor, currency)).toBe(amount)
})
