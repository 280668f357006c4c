import { expect, test } from "vitest"
import { compareVersions, isBehind, isComparable } from "@/lib/fleet/releases/version"

test.each([
  ["1.9", "1.10", -1],
  ["2.0", "2", 0],
  ["5.2.1", "5.2", 1],
  ["v3.1", "v3.0.9", 1],
  ["v3.0", "3.1", -1],
  ["2026-08-05", "2026-11-01", -1],
  ["4.3k", "4.3j", 1],
  ["1.0", "1.0rc2", -1],
  ["1.02", "1.2", 0],
  ["Android 10", "Android 9", 1],
  ["Android 9", "10", -1],
  ["build 20261129123456780", "build 20261129123456781", -1],
  ["未知", "unknown", 0],
])("%s against %s", (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign)
  expect(Math.sign(compareVersions(b, a)) + sign).toBe(0)
})

test.each([
  ["1.9", "1.10", true],
  ["1.10", "1.10", false],
  ["1.11", "1.10", false],
  ["Android 9", "10", true],
  ["未知", "1.10", false],
  ["", "1.10", false],
  ["1.9", "newest", false],
])("%s is behind %s: %s", (current, minimum, expected) => {
  expect(isBehind(current, minimum)).toBe(expected)
})

test.each(["2.1.0", "v3", "4.3k", "Android 10", "2026-08-05", "1.0rc2", "PAX 2.0_b7", "build 20261129"])(
  "%s is a version",
  (text) => expect(isComparable(text)).toBe(true),
)
test.each(["banana", "", "newest", "未知", "2.", "v", "a b 1", "1..2", "banana7"])(
  "%s is no version",
  (text) => expect(isComparable(text)).toBe(false),
)
