import { expect, test } from "vitest"
import { classCount, classEnds, durationQuantile } from "@/lib/rollups/speeds/classes"

const counted = (durations: readonly number[]) => {
  const counts = Array.from({ length: classCount }, () => 0)
  for (const duration of durations) {
    const at = classEnds.filter((end) => end <= duration).length
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts
}

test("quantiles of classes are near those of the durations", () => {
  const durations = Array.from({ length: 1_000 }, (_, i) => 500 + 5 * i)
  for (const share of [0.05, 0.5, 0.95])
    expect((durationQuantile(counted(durations), share) ?? 0) / (500 + 5_000 * share)).toBeCloseTo(1, 0.9)
})

test("very short and very long sales have a class, and without sales there is no quantile", () => {
  expect(durationQuantile(counted([3]), 0.95)).toBeLessThan(125)
  expect(durationQuantile(counted([3_600_000]), 0.95)).toBeGreaterThan(90_000)
  expect(durationQuantile(counted([]), 0.95)).toBeNull()
})
