import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus"
import { describe, expect, test } from "vitest"
import { dueAt, robustLine, type Line } from "@/lib/base/statistics/theil-sen"

// Sen (1968), the example of section 6: the slope is 4.
test("the example of the paper", () => {
  const t = [1, 2, 3, 4, 10, 12, 18]
  const y = [9, 15, 19, 20, 45, 55, 78]
  expect(robustLine(t.map((x, i) => ({ x, y: y[i] ?? 0 })))?.slope).toBeCloseTo(4, 10)
})

const random = xoroshiro128plus(4)
const unit = () => (random.next() >>> 0) / 2 ** 32
const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit())

/** A battery that loses half a percent a week, measured with noise. */
const weeks = (outliers: number) =>
  Array.from({ length: 26 }, (_, x) => ({
    x,
    y: 95 - 0.5 * x + 0.6 * normal() + (unit() < outliers ? 25 * normal() : 0),
  }))

const low = (value: number) => ({ value, direction: "falling" }) as const

const fitted = (line: Line | null): Line => {
  if (!line) throw new Error("no line")
  return line
}

describe("a falling battery", () => {
  test.each([0, 0.05])("with %f outliers reaches 75 % at about the right week", (outliers) => {
    const errors: number[] = []
    let covered = 0
    const cases = 200
    for (let i = 0; i < cases; i += 1) {
      const { due, early, late } = dueAt(fitted(robustLine(weeks(outliers))), low(75), 25) ?? { due: 999 }
      errors.push(Math.abs(due - 40) / 15)
      if ((early ?? 0) <= 40 && 40 <= (late ?? Number.POSITIVE_INFINITY)) covered += 1
    }
    expect(errors.toSorted((a, b) => a - b)[cases / 2]).toBeLessThan(0.12)
    expect(covered / cases).toBeGreaterThan(0.78)
  })

  test("that is below already is due now", () => {
    const line = fitted(robustLine(weeks(0)))
    expect(dueAt(line, low(90), 25)).toEqual({ due: 25, early: 25, late: 25 })
  })

  test("never rises to 120 %", () => {
    const line = fitted(robustLine(weeks(0)))
    expect(dueAt(line, { value: 120, direction: "rising" }, 25)).toBeNull()
  })
})

test("a line that may be flat has no latest date", () => {
  const flat = Array.from({ length: 10 }, (_, x) => ({ x, y: 50 - 0.01 * x + (x % 2 === 0 ? 3 : -3) }))
  expect(dueAt(fitted(robustLine(flat)), low(20), 9)?.late ?? null).toBeNull()
})

test("two points make no line", () => {
  expect(robustLine([])).toBeNull()
  expect(
    robustLine([
      { x: 1, y: 1 },
      { x: 2, y: 2 },
    ]),
  ).toBeNull()
  expect(robustLine([1, 2, 3, 4].map((y) => ({ x: 5, y })))).toBeNull()
})
