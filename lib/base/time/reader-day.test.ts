import fc from "fast-check"
import { DateTime } from "luxon"
import { expect, test } from "vitest"
import { dayOf, endOfDay, isDay, isSameClock, startOfDay, startOfNextDay } from "@/lib/base/time/reader-day"
import { anyInstant, anyZone } from "@/tests/support/zone-instants"

test("days begin and end where luxon says, in any zone", () => {
  fc.assert(
    fc.property(anyZone, anyInstant, (zone, at) => {
      const local = DateTime.fromMillis(at, { zone })
      const day = dayOf(new Date(at), zone)
      expect(day).toBe(local.toISODate())
      expect(Date.parse(startOfDay(day, zone))).toBe(local.startOf("day").toMillis())
      const next = local.plus({ days: 1 }).startOf("day").toMillis()
      expect(Date.parse(startOfNextDay(day, zone))).toBe(next)
      expect(Date.parse(endOfDay(day, zone) ?? "")).toBe(next - 1000)
    }),
  )
})

test.each([
  ["Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00.000Z"],
  ["America/Santiago", "2026-09-06", "2026-09-06T04:00:00.000Z"],
])("in %s, %s begins after the skipped midnight", (zone, day, start) => {
  expect(startOfDay(day, zone)).toBe(start)
})

test("compares clocks, not names", () => {
  const winter = new Date("2026-01-15T12:00:00Z")
  expect(isSameClock("Asia/Shanghai", "Asia/Singapore", winter)).toBe(true)
  expect(isSameClock("Europe/London", "UTC", winter)).toBe(true)
  expect(isSameClock("Europe/London", "UTC", new Date("2026-07-15T12:00:00Z"))).toBe(false)
})

test.each([
  ["2026-11-24", true],
  ["2026-13-24", false],
  ["", false],
  [null, false],
])("%s is a day: %s", (text, expected) => expect(isDay(text)).toBe(expected))
