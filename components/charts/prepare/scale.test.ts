import fc from "fast-check"
import { expect, test } from "vitest"
import { scaleOf } from "@/components/charts/prepare/scale"

test.each([
  ["per cent", [37, 88], { has: [0, 100] }, [0, 25, 50, 75, 100]],
  ["a signal below zero", [-95, -62], {}, [-100, -90, -80, -70, -60]],
  ["ratios", [0.4, 2.55], { has: [0] }, [0, 1, 2, 3]],
  ["small counts", [0, 1, 2], { has: [0], isOfCounts: true }, [0, 1, 2]],
  ["counts", [0, 13, null], { has: [0], isOfCounts: true }, [0, 5, 10, 15]],
  ["one value", [20], {}, [20, 25]],
  ["nothing", [null], { has: [0] }, [0, 0.25]],
] as const)("an axis has round marks: %s", (_name, values, ends, ticks) => {
  expect(scaleOf(values, ends).ticks).toEqual(ticks)
})

const tenths = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((value) => value / 10)

test("an axis begins and ends at a mark, holds all values and has few marks", () => {
  fc.assert(
    fc.property(fc.array(tenths, { minLength: 1 }), (values) => {
      const { domain, ticks } = scaleOf(values)
      const [first, last] = domain
      expect([ticks.at(0), ticks.at(-1)]).toEqual([first, last])
      expect(first).toBeLessThanOrEqual(Math.min(...values) + 1e-9)
      expect(last).toBeGreaterThanOrEqual(Math.max(...values) - 1e-9)
      expect(ticks.length).toBeLessThanOrEqual(7)
    }),
  )
})
