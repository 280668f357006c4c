import { describe, expect, test } from "vitest"
import { isDueSoon, trendOf } from "@/lib/insight/trends/trend"

// A small deterministic noise, the same in every run.
const noise = (x: number) => 0.8 * Math.sin(x * 12.9898) * Math.cos(x * 78.233)
const weeks = (count: number, valueAt: (x: number) => number) =>
  Array.from({ length: count }, (_, x) => ({ x, y: valueAt(x) + noise(x) }))
const low = { value: 70, direction: "falling" } as const

describe("a battery that loses half a percent a week", () => {
  test("reaches its limit at the right week", () => {
    const trend = trendOf(
      weeks(26, (x) => 95 - 0.5 * x),
      low,
      25,
    )
    expect(Math.abs((trend?.due ?? 0) - 50)).toBeLessThan(4)
    expect(trend?.early).toBeLessThan(50)
    expect(trend?.late).toBeGreaterThan(50)
  })

  test("begins anew after it is swapped", () => {
    const swapped = weeks(26, (x) => (x < 12 ? 80 - 0.5 * x : 100 - 0.5 * (x - 12)))
    const trend = trendOf(swapped, low, 25)
    expect(trend?.weeks).toBe(14)
    expect(Math.abs((trend?.due ?? 0) - 72)).toBeLessThan(8)
  })

  test("has no date until eight weeks are known", () => {
    expect(
      trendOf(
        weeks(7, (x) => 80 - x),
        low,
        6,
      ),
    ).toBeNull()
  })
})

test("a steady value has no date", () => {
  expect(
    trendOf(
      weeks(26, () => 90),
      low,
      25,
    ),
  ).toBeNull()
})

test("a value that recovers has no date", () => {
  expect(
    trendOf(
      weeks(26, (x) => 75 + 0.5 * x),
      low,
      25,
    ),
  ).toBeNull()
})

test.each([
  { due: 30, early: 27, isSoon: true },
  { due: 33, early: 29, isSoon: false },
  { due: 40, early: 27, isSoon: false },
  { due: 25, early: null, isSoon: true },
])("due in week $due, at the earliest in $early: $isSoon", ({ due, early, isSoon }) => {
  expect(isDueSoon({ due, early, late: null }, 25)).toBe(isSoon)
})
