import { expect, test } from "vitest"
import { wornCardRatio } from "@/lib/insight/verdicts/worn-card"

test.each([
  ["fails at a second terminal", { failed: 1, worked: 0 }, 50],
  ["fails at one and is read at two", { failed: 1, worked: 2 }, 8.5],
  ["fails at two and is read at eight", { failed: 2, worked: 8 }, 22],
  ["is read once", { failed: 0, worked: 1 }, 0.5],
  ["fails once and is read fifty times", { failed: 1, worked: 50 }, 0.06],
])("a card that %s", (_what, times, ratio) => {
  expect(wornCardRatio(times) / ratio).toBeCloseTo(1, 1)
})

test("a card that fails at hundreds of terminals is worn, by a finite number", () => {
  const alone = wornCardRatio({ failed: 400, worked: 0 })
  expect(alone).toBeGreaterThan(1e100)
  expect(Number.isFinite(alone)).toBe(true)
  expect(wornCardRatio({ failed: 400, worked: 3 }) / alone).toBeGreaterThan(0)
})
