import { expect, test } from "vitest"
import { evaluateTrends } from "@/lib/run/evaluation/evaluate-trends"

test("dates of trends are right within a tenth of the time left, also with outliers", () => {
  const [clean, outliers] = evaluateTrends(1)
  expect(clean?.error).toBeLessThan(0.1)
  expect(outliers?.error).toBeLessThan(0.1)
  expect(outliers?.coverage).toBeGreaterThan(0.8)
})
