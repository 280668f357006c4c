import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { comparedWith, datesOfRange, daysBefore, rangeOf } from "@/lib/base/time/range"
import { addDays, daysBetween } from "@/lib/base/time/zone"

const at = new Date("2026-11-24T10:20:00Z")
const given = { zone: "Asia/Shanghai", hoursFrom: new Date("2026-08-26T10:20:00Z"), daysOnly: false, at }
const daysOf = (wanted: Partial<Parameters<typeof rangeOf>[0]>) => rangeOf({ ...given, ...wanted }).days

describe("a range of at most 48 hours", () => {
  test("is widened to whole hours", () => {
    expect(rangeOf({ ...given, from: "2026-11-24T08:30:00Z", to: "2026-11-24T09:10:00Z" })).toEqual({
      range: {
        resolution: "hour",
        previous: { from: "2026-11-17T08:00:00.000Z", to: "2026-11-17T10:00:00.000Z" },
        hours: { from: "2026-11-24T08:00:00.000Z", to: "2026-11-24T10:00:00.000Z" },
      },
      from: "2026-11-24T08:00:00.000Z",
      to: "2026-11-24T10:00:00.000Z",
      days: null,
      previous: { from: "2026-11-17T08:00:00.000Z", to: "2026-11-17T10:00:00.000Z", days: null },
    })
  })

  test("is in days where hours are not kept, or one end is a date", () => {
    const short = { from: "2026-11-23T17:00:00Z", to: "2026-11-24T16:00:00Z" }
    expect(daysOf({ ...short, to: "2026-11-24T17:00:00Z" })).toBeNull()
    const yesterdayEvening = { first: "2026-11-24", last: "2026-11-24" }
    expect(daysOf({ ...short, daysOnly: true })).toEqual(yesterdayEvening)
    // Too old is the previous period.
    expect(daysOf({ ...short, hoursFrom: new Date("2026-11-23T00:00:00Z") })).toEqual(yesterdayEvening)
    expect(daysOf({ from: "2026-11-24", to: "2026-11-25T00:00:00+08:00" })).toEqual(yesterdayEvening)
  })

  test("has hours for exactly 48 hours, and days for a second more", () => {
    const from = "2026-11-20T00:00:00Z"
    expect(daysOf({ from, to: "2026-11-22T00:00:00Z" })).toBeNull()
    expect(daysOf({ from, to: "2026-11-22T00:00:01Z" })).toEqual({ first: "2026-11-20", last: "2026-11-22" })
  })
})

describe("a longer range", () => {
  test("is widened to the dates that it touches in the organisation's zone", () => {
    expect(rangeOf({ ...given, from: "2026-11-01T20:00:00Z", to: "2026-11-03T20:00:00.001Z" })).toEqual({
      range: {
        resolution: "day",
        previous: { first: "2026-10-26", last: "2026-10-28" },
        days: { first: "2026-11-02", last: "2026-11-04" },
      },
      previous: {
        from: "2026-10-26T00:00:00.000+08:00",
        to: "2026-10-29T00:00:00.000+08:00",
        days: { first: "2026-10-26", last: "2026-10-28" },
      },
      from: "2026-11-02T00:00:00.000+08:00",
      to: "2026-11-05T00:00:00.000+08:00",
      days: { first: "2026-11-02", last: "2026-11-04" },
    })
  })

  test.each([
    ["2026-11-16T00:00:00+08:00", "2026-11-23T00:00:00+08:00"],
    ["2026-11-16", "2026-11-22"],
    ["2026-11-16", "2026-11-22T12:00:00+08:00"],
  ])("from %s to %s keeps whole days of the zone", (from, to) => {
    expect(daysOf({ from, to })).toEqual({ first: "2026-11-16", last: "2026-11-22" })
  })

  test("keeps its dates over a change of clocks, however long the days are", () => {
    const berlin = { zone: "Europe/Berlin" }
    expect(daysOf({ ...berlin, from: "2026-10-25", to: "2026-10-25" })).toEqual({
      first: "2026-10-25",
      last: "2026-10-25",
    })
    expect(daysOf({ ...berlin, range: "7d", at: new Date("2026-10-25T23:30:00Z") })).toEqual({
      first: "2026-10-20",
      last: "2026-10-26",
    })
  })
})

describe("a range that ends now", () => {
  test("has its number of dates, today included", () => {
    expect(daysOf({ range: "7d" })).toEqual({ first: "2026-11-18", last: "2026-11-24" })
    expect(daysOf({ range: "30d" })).toEqual({ first: "2026-10-26", last: "2026-11-24" })
    // In Shanghai, the next date has begun.
    expect(daysOf({ range: "7d", at: new Date("2026-11-24T16:00:00Z") })?.last).toBe("2026-11-25")
  })

  test("of 24 hours has the hour under way and the 23 before", () => {
    expect(rangeOf({ ...given, range: "24h" })).toMatchObject({
      from: "2026-11-23T11:00:00.000Z",
      to: "2026-11-24T11:00:00.000Z",
      days: null,
    })
    expect(daysOf({ range: "24h", daysOnly: true })).toEqual({ first: "2026-11-23", last: "2026-11-24" })
    expect(datesOfRange("24h", "Asia/Shanghai", at)).toEqual({ first: "2026-11-23", last: "2026-11-24" })
    expect(datesOfRange("7d", "Asia/Shanghai", at)).toEqual(daysOf({ range: "7d" }))
  })

  test("is the last seven dates by default, also before a given end", () => {
    expect(daysOf({})).toEqual(daysOf({ range: "7d" }))
    expect(daysOf({ to: "2026-11-20" })).toEqual({ first: "2026-11-14", last: "2026-11-20" })
    expect(daysOf({ from: "2026-11-20T00:00:00Z" })).toEqual({ first: "2026-11-20", last: "2026-11-24" })
  })

  test("is not given together with from or to", () => {
    expect(() => rangeOf({ ...given, range: "7d", to: "2026-11-20" })).toThrow("either range")
  })
})

test("the previous period has the same weekdays, is as long, and ends before the range", () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays("1990-01-01", days))
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 400 }), (first, count) => {
      const last = addDays(first, count - 1)
      const before = daysBefore({ first, last })
      expect(daysBetween(before.first, before.last)).toBe(count - 1)
      expect(daysBetween(before.first, first) % 7).toBe(0)
      expect(before.last < first).toBe(true)
      expect(daysBetween(before.last, first)).toBeLessThanOrEqual(7)
    }),
  )
})

test("the previous hours are those of the week before on the zone's clock", () => {
  const from = "2026-10-27T09:00:00+01:00"
  const { previous } = rangeOf({ ...given, zone: "Europe/Berlin", from, to: "2026-10-27T12:00:00+01:00" })
  expect(previous.from).toBe(new Date("2026-10-20T09:00:00+02:00").toISOString())
})

test.each([
  ["2026-11-24T09:00:00Z", "2026-11-24T08:00:00Z", "before"],
  ["2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z", "before"],
  ["2026-11-24", "2026-11-23", "before"],
  ["0001-01-01T00:00:00Z", "2026-11-24T09:00:00Z", "1970"],
  ["0001-01-01", undefined, "1970"],
  [undefined, "0001-01-01", "1970"],
  ["2026-11-24T09:00:00Z", "9999-12-31T00:00:00Z", "1970"],
  ["2026-11-24", "9999-12-31", "1970"],
])("a range from %s to %s is rejected", (from, to, reason) => {
  expect(() => rangeOf({ ...given, from, to })).toThrow(reason)
})

test.each([
  ["2026-10-02", "2026-10-01", "compareTo"],
  ["2026-10-02", undefined, "compareTo"],
  ["0001-01-01", "2026-10-01", "1970"],
  ["2026-10-01", "9999-12-31", "1970"],
])("dates from %s to %s to compare with are rejected", (from, to, reason) => {
  const used = rangeOf({ ...given, range: "7d" })
  expect(() => comparedWith(used, { from, to, zone: given.zone })).toThrow(reason)
})
