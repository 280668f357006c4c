import fc from "fast-check"
import { expect, test } from "vitest"
import { shownShare } from "@/lib/base/statistics/shown-share"

test.each([
  [1, 1, 1, false],
  [0.9999, 1, 0.999, false],
  [0.9999, 2, 0.9999, false],
  [0.99999, 2, 0.9999, false],
  [0, 1, 0, false],
  [0.0001, 1, 0.001, true],
  [0.0006, 1, 0.001, false],
  [0.0425, 1, 0.043, false],
])("%d with %i decimals is shown as %d, less: %s", (share, decimals, shown, isLess) => {
  expect(shownShare(share, decimals)).toEqual({ share: shown, isLess })
})

test("all and nothing are shown only where it is so", () => {
  const counts = fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000)).filter(([a, b]) => a + b > 0)
  fc.assert(
    fc.property(counts, fc.integer({ min: 0, max: 3 }), ([part, rest], decimals) => {
      const share = part / (part + rest)
      const shown = shownShare(share, decimals)
      expect(shown.share === 1).toBe(rest === 0)
      expect(shown.share === 0).toBe(part === 0)
      expect(Math.abs(shown.share - share)).toBeLessThanOrEqual(1 / (100 * 10 ** decimals))
    }),
  )
})
