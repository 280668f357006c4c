import { expect, test } from "vitest"
import { RatioTally, type Known } from "@/lib/run/evaluation/learn-ratios"

const sales = (count: number, real: string, codes: string[], kind = "chip"): Known[] =>
  Array.from({ length: count }, () => ({ kind, codes, real }))
const code = "retry_failed"
const learntOf = (known: Known[]) => {
  const tally = new RatioTally()
  for (const one of known) tally.add(one)
  return tally.learnt().find((one) => one.code === code && one.cause === "card")
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
