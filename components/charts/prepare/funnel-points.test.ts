import { expect, test } from "vitest"
import { funnelLimits, funnelPoints, funnelScales, ownPoint } from "@/components/charts/prepare/funnel-points"

const evidence = {
  days: [],
  own: { observed: 30, expected: 6 },
  others: [
    { serial: "A", observed: 5, expected: 5 },
    { serial: "B", observed: 1, expected: 0.01 },
  ],
}

test("a terminal is where its ratio is, and too little expected is no point", () => {
  expect(funnelPoints(evidence)).toEqual([{ serial: "A", expected: 5, ratio: 1 }])
  expect(ownPoint(evidence, "own")).toEqual([{ serial: "own", expected: 6, ratio: 5 }])
})

test("the axes hold every point, and what is healthy", () => {
  const { expected, ratio } = funnelScales(ownPoint(evidence, "own"))
  expect(expected.ticks).toEqual([0, 2, 4, 6])
  expect(ratio.ticks).toEqual([0, 2, 4, 6])
  expect(funnelScales(funnelPoints(evidence)).ratio.domain).toEqual([0, 2])
})

test("limits are closer where more is expected, and a broken terminal is far outside", () => {
  const limits = funnelLimits(ownPoint(evidence, "own"))
  const [first, last] = [limits[0], limits.at(-1)]
  expect(first?.farHigh).toBeGreaterThan(last?.farHigh ?? 0)
  expect(last?.farHigh).toBeLessThan(5)
  for (const { low, high, farLow, farHigh } of limits) {
    expect(farLow).toBeLessThanOrEqual(low)
    expect(high).toBeLessThanOrEqual(farHigh)
  }
})
