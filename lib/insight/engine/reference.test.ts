import { expect, test } from "vitest"
import { emptyReference, learnReference, ratesOf, type ReferenceCell } from "@/lib/insight/engine/reference"
import { indexOf } from "@/lib/insight/engine/terms/signals"
import { shippedRates } from "@/lib/rollups/reference/shipped-rates"

const cell = (issuer: string, entryMode: string, presentments: number, chip: number): ReferenceCell => ({
  issuer,
  entryMode,
  presentments,
  failures: { chip },
})
const chip = indexOf("chip")
const learnt = (...nights: ReferenceCell[][]) => ratesOf(nights.reduce(learnReference, emptyReference()))

test("without a sale the shipped rates hold", () => {
  expect(learnt()("622202", "chip")[chip]).toBe(shippedRates.chip)
})

test("a few sales move the rates a little, many set them", () => {
  expect(learnt([cell("622202", "chip", 500, 50)])("622202", "chip")[chip]).toBeCloseTo(0.08, 1)
  expect(learnt([cell("622202", "chip", 1e6, 1e5)])("622202", "chip")[chip]).toBeCloseTo(0.1, 3)
})

test("an issuer with few sales has the rates of its entry mode, an unknown mode those of all", () => {
  const rates = learnt([
    cell("622202", "chip", 100_000, 1000),
    cell("621700", "chip", 1000, 900),
    cell("622202", "swipe", 100_000, 0),
  ])
  expect(rates("621700", "chip")).toEqual(rates("999999", "chip"))
  expect(rates("622202", "chip")[chip]).toBeCloseTo(0.01, 3)
  expect(rates("622202", "qr")[chip]).toBeCloseTo(0.0095, 3)
})

test("what was learnt 20 days ago weighs half", () => {
  const nights = [
    [cell("1", "chip", 1e6, 1e5)],
    ...Array.from({ length: 19 }, () => []),
    [cell("1", "chip", 5e5, 0)],
  ]
  expect(learnt(...nights)("1", "chip")[chip]).toBeCloseTo(0.05, 2)
})

test("a correction that takes more than there is leaves no negative rate", () => {
  expect(learnt([cell("1", "chip", 10_000, -5)])("1", "chip")[chip]).toBeGreaterThanOrEqual(0)
})
