import { expect, test } from "vitest"
import { compareVersions } from "@/lib/fleet/releases/version"

test.each([
  ["1.9", "1.10", -1],
  ["2.0", "2", 0],
  ["5.2.1", "5.2", 1],
  ["v3.1", "v3.0.9", 1],
  ["2026-08-05", "2026-11-01", -1],
  ["4.3k", "4.3j", 1],
  ["Android 10", "Android 9", 1],
])("%s against %s", (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign)
  expect(Math.sign(compareVersions(b, a)) + sign).toBe(0)
})
