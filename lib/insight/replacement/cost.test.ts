import { expect, test } from "vitest"
import { cheapestLife, isReplacementCheaper, keepingCost } from "@/lib/insight/replacement/cost"
import { agesSeen, lifeTable, shrunkRates } from "@/lib/insight/replacement/life-table"

test("rates are drawn to the fleet's by fifty months, and the last year goes on", () => {
  const ages = [
    { months: 0, failures: 10, terminalMonths: 150 },
    { months: 1, failures: 0, terminalMonths: 50 },
  ]
  const table = lifeTable(
    shrunkRates(ages, () => 0.02),
    agesSeen(ages),
  )
  // (10 + 50 x .02) / 200 = .055 and (0 + 1) / 100 = .01
  expect(table(1)).toBeCloseTo(0.055, 10)
  expect(table(1.5)).toBeCloseTo(0.06, 10)
  expect(table(2)).toBeCloseTo(0.065, 10)
  expect(table(4)).toBeCloseTo(0.065 + 2 * 0.0325, 10)
})

test("without any failure seen, the fleet's rate holds at every age", () => {
  const usual = () => 0.03
  expect(lifeTable(shrunkRates([], usual), agesSeen([]))(20)).toBeCloseTo(0.6, 10)
})

/** A failure a year when new, and one more each year. */
const wearing = (months: number) => months / 12 + (months / 12) ** 2 / 2
const prices = { unit: 400, failure: 100 }

// (400 + 100 (L + L²/2)) / L is least at L = √8 years: 100 + 100 √8.
test("a new terminal's cost a year, and the age at which it is least", () => {
  const { newCost, bestMonths } = cheapestLife({ table: wearing, prices })
  expect(newCost).toBeCloseTo(100 + 100 * Math.sqrt(8), 0)
  expect(bestMonths).toBe(34)
})

test("no age is best where failures do not become more, or a new terminal costs too much", () => {
  const steady = (months: number) => months / 12
  expect(cheapestLife({ table: steady, prices }).bestMonths).toBe(Number.POSITIVE_INFINITY)
  const dear = { unit: 10_000, failure: 100 }
  expect(cheapestLife({ table: wearing, prices: dear }).bestMonths).toBe(Number.POSITIVE_INFINITY)
})

test("an average terminal's cost is its age's", () => {
  // From 5 to 5.25 years: .25 + (5.25² - 5²) / 2 failures, four times as many a year.
  const worn = { ageMonths: 60, failures: wearing(60), table: wearing, prices }
  expect(keepingCost(worn)).toBeCloseTo(4 * 100 * (0.25 + (5.25 ** 2 - 25) / 2), 6)
})

test.each([
  { what: "old that never failed", ageMonths: 36, failures: 0, price: 400, isCheaper: true },
  { what: "young", ageMonths: 24, failures: 4, price: 400, isCheaper: false },
  { what: "old", ageMonths: 48, failures: 12, price: 400, isCheaper: true },
  { what: "young that fails all the time", ageMonths: 24, failures: 30, price: 400, isCheaper: true },
  { what: "old but dear", ageMonths: 48, failures: 12, price: 4_000, isCheaper: false },
])("a $what terminal", ({ ageMonths, failures, price, isCheaper }) => {
  const worn = { ageMonths, failures, table: wearing, prices: { unit: price, failure: 100 } }
  expect(isReplacementCheaper(worn, cheapestLife(worn))).toBe(isCheaper)
})
