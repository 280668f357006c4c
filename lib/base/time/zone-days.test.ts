import fc from "fast-check"
import { DateTime } from "luxon"
import { expect, test } from "vitest"
import { dayAt, dayOf, instantOf, numberOf, startOfDay } from "@/lib/base/time/zone-days"
import { anyInstant, anyZone } from "@/tests/support/zone-instants"

test("a day is the one that luxon names", () => {
  fc.assert(
    fc.property(anyZone, anyInstant, (where, at) => {
      const local = DateTime.fromMillis(at, { zone: where })
      const number = dayAt(where, at)
      expect(dayOf(number)).toBe(local.toISODate())
      expect(numberOf(dayOf(number))).toBe(number)
      expect(startOfDay(where, number)).toBe(local.startOf("day").toMillis())
    }),
    { numRuns: 1000 },
  )
})

test("a minute of a day is the one that luxon names, also where clocks change", () => {
  fc.assert(
    fc.property(anyZone, anyInstant, fc.integer({ min: 0, max: 2880 }), (where, at, minutes) => {
      const day = DateTime.fromMillis(at, { zone: where })
        .startOf("day")
        .plus({ days: Math.floor(minutes / 1440) })
      const hour = Math.floor((minutes % 1440) / 60)
      expect(instantOf(where, dayAt(where, at), minutes)).toBe(
        day.set({ hour, minute: minutes % 60 }).toMillis(),
      )
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ["Europe/Berlin", "2026-03-29", 150, "2026-03-29T03:30:00+02:00"],
  ["Europe/Berlin", "2026-10-25", 150, "2026-10-25T02:30:00+02:00"],
  ["Africa/Cairo", "2026-04-24", 30, "2026-04-24T01:30:00+03:00"],
  ["Australia/Lord_Howe", "2026-10-04", 135, "2026-10-04T02:45:00+11:00"],
])("where clocks change in %s on %s, minute %i is %s", (where, day, minutes, expected) => {
  expect(instantOf(where, numberOf(day), minutes)).toBe(Date.parse(expected))
})
