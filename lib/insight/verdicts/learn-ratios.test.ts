import { expect, test } from "vitest"
import { byFindings, bySales, RatioTally, tableWith, type Known } from "@/lib/insight/verdicts/learn-ratios"

const sales = (count: number, real: string, codes: string[], kind = "chip"): Known[] =>
  Array.from({ length: count }, () => ({ kind, codes, real }))
const code = "retry_failed"
const learntOf = (known: Known[], shrinkage = bySales) => {
  const tally = new RatioTally()
  for (const one of known) tally.add(one)
  return tally.learnt(shrinkage).find((one) => one.code === code && one.cause === "card")
}

test("evidence that cards have ten times as often is learnt as ten, whatever other kinds have", () => {
  const known = [
    ...sales(5000, "card", [code]),
    ...sales(5000, "card", []),
    ...sales(500, "device", [code]),
    ...sales(9500, "device", []),
    ...sales(90_000, "card", [], "issuer"),
  ]
  expect(learntOf(known)?.learnt).toBeCloseTo(10, 0)
})

test("a few sales change little, and none nothing", () => {
  const few = [...sales(2, "card", [code]), ...sales(2, "device", [code]), ...sales(4, "device", [])]
  const learnt = learntOf(few)
  expect(learnt?.learnt).toBeGreaterThan(0.8 * (learnt?.shipped ?? 0))
  expect(learntOf([])).toBeUndefined()
})

test("findings change a ratio by a factor of two at most, and what was counted goes on counting", () => {
  const known = [...sales(900, "card", [code]), ...sales(1, "device", [code]), ...sales(900, "device", [])]
  const learnt = learntOf(known, byFindings)
  expect(learnt?.learnt).toBe(2 * (learnt?.shipped ?? 0))
  const tally = new RatioTally()
  for (const one of known) tally.add(one)
  expect(new RatioTally(tally.counts).learnt(byFindings)).toEqual(tally.learnt(byFindings))
  const table = tableWith(tally.learnt(byFindings))
  expect(table.retry_failed.ratios).toEqual({ card: learnt?.learnt, operator: 0.8 })
  expect(table.sent.ratios).toEqual({ device: 0.5 })
})
