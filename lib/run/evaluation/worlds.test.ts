import { expect, test } from "vitest"
import { evaluateSilence } from "@/lib/run/evaluation/evaluate-availability"
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

test("dead terminals are found after two usual hours, and hardly any flag is false", () => {
  const rule = evaluateSilence(1, small).find(({ name }) => name.startsWith("flag: "))
  expect(rule?.falsePerThousandDays).toBeLessThan(10)
  expect(rule?.deadFound).toBe(rule?.dead)
  expect(rule?.medianMinutes).toBeLessThan(125)
})

test("the three availabilities are within a fifth of a point of the truth", () => {
  for (const { apart } of evaluateThree(1, small)) expect(apart).toBeLessThan(0.2)
})
