import { expect, test } from "vitest"
import { evaluateSilence } from "@/lib/run/evaluation/evaluate-availability"
import {
  differencesOf,
  evaluateReplacement,
  type ReplacementCosts,
} from "@/lib/run/evaluation/evaluate-replacement"
import { evaluateThree } from "@/lib/run/evaluation/evaluate-three"
import { evaluateTrends } from "@/lib/run/evaluation/evaluate-trends"
import { evaluateWeeks } from "@/lib/run/evaluation/evaluate-weeks"

test("dates of trends are right within a tenth of the time left, also with outliers", () => {
  const [clean, outliers] = evaluateTrends(1)
  expect(clean?.error).toBeLessThan(0.1)
  expect(outliers?.error).toBeLessThan(0.1)
  expect(outliers?.coverage).toBeGreaterThan(0.8)
})

test("a reset is no wear, and steady printers get a flag only for many errors", () => {
  const [swipes, , quiet, failing] = evaluateWeeks(1)
  expect(swipes?.error).toBeLessThan(0.1)
  expect(quiet?.flagged).toBeLessThan(0.01 * (quiet?.parts ?? 0))
  expect(failing?.flagged).toBeGreaterThan(0.98 * (failing?.parts ?? 0))
})

const small = { stores: 50, terminals: 200 }

test(
  "dead terminals are found after two usual hours, and hardly any flag is false",
  { timeout: 240_000 },
  () => {
    const rule = evaluateSilence(1, small).find(({ name }) => name.startsWith("flag: "))
    expect(rule?.falsePerThousandDays).toBeLessThan(10)
    expect(rule?.deadFound).toBe(rule?.dead)
    expect(rule?.medianMinutes).toBeLessThan(125)
  },
)

test("the three availabilities are within a fifth of a point of the truth", { timeout: 240_000 }, () => {
  for (const { apart } of evaluateThree(1, small)) expect(apart).toBeLessThan(0.2)
})

test("our replacement policy is compared with the best other one over the seeds, with an interval", () => {
  const costs = (ours: number): ReplacementCosts => ({
    regime: "cheap",
    "always repair": 200,
    "at six years": 100,
    "three visits in 180 days": 150,
    "repairs above half the price": 150,
    "at six years, or three visits": 130,
    "cost rule": ours,
  })
  const [difference] = differencesOf([101, 102, 103, 101, 103].map(costs))
  expect(difference).toMatchObject({ regime: "cheap", best: "at six years" })
  expect(difference?.percent).toBeCloseTo(2, 10)
  // A standard error of 1 / √5, and 2.776 of them with four degrees of freedom.
  expect(difference?.from).toBeCloseTo(2 - 2.776 / Math.sqrt(5), 1)
  expect(difference?.to).toBeCloseTo(2 + 2.776 / Math.sqrt(5), 1)
  expect(differencesOf([costs(99)])).toMatchObject([{ from: null, to: null }])
})

test("no policy costs less than our cost rule, at any of the prices", { timeout: 240_000 }, () => {
  const found = differencesOf(evaluateReplacement(3))
  expect(found.map(({ regime, percent }) => [regime, percent <= 0])).toEqual([
    ["cheap", true],
    ["middle", true],
    ["kiosk", true],
  ])
})
