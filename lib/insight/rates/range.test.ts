import { describe, expect, test } from "vitest"
import { rangeOf } from "@/lib/insight/rates/range"

const at = new Date("2026-11-24T10:20:00Z")
const wanted = { zone: "Asia/Shanghai", hoursFrom: new Date("2026-08-26T10:20:00Z"), daysOnly: false, at }

describe("a range", () => {
  test("is widened to whole hours within the hours' retention", () => {
    expect(rangeOf({ ...wanted, from: "2026-11-24T08:30:00Z", to: "2026-11-24T09:10:00Z" })).toEqual({
      range: {
        resolution: "hour",
        previousFrom: "2026-11-24T06:00:00.000Z",
        from: "2026-11-24T08:00:00.000Z",
        to: "2026-11-24T10:00:00.000Z",
      },
      from: "2026-11-24T08:00:00.000Z",
      to: "2026-11-24T10:00:00.000Z",
    })
  })

  test("is widened to whole days before that, and the answer has the organisation's days", () => {
    expect(rangeOf({ ...wanted, from: "2026-01-01T20:00:00Z", to: "2026-01-03T20:00:00Z" })).toMatchObject({
      range: { resolution: "day", from: "2026-01-01T20:00:00.000Z", to: "2026-01-03T20:00:00.000Z" },
      from: "2026-01-02T00:00:00.000+08:00",
      to: "2026-01-05T00:00:00.000+08:00",
    })
  })

  test("keeps whole days of the zone", () => {
    expect(
      rangeOf({
        ...wanted,
        daysOnly: true,
        from: "2026-11-16T00:00:00+08:00",
        to: "2026-11-23T00:00:00+08:00",
      }),
    ).toMatchObject({
      from: "2026-11-16T00:00:00.000+08:00",
      to: "2026-11-23T00:00:00.000+08:00",
    })
  })

  test("of days has bounds that hold the days of every zone", () => {
    const { range } = rangeOf({
      ...wanted,
      daysOnly: true,
      from: "2026-11-16T23:00:00Z",
      to: "2026-11-17T23:30:00Z",
    })
    if (range.resolution !== "day") throw new Error("expected a range of days")
    // In Honolulu the range is the 16th and 17th, and the previous period the 14th and 15th. In Kiritimati it
    // ends on the 18th.
    expect(range.firstDay <= "2026-11-14").toBe(true)
    expect(range.endDay >= "2026-11-19").toBe(true)
  })

  test("is in days when the previous period is older than the hours' retention", () => {
    expect(rangeOf({ ...wanted, from: "2026-10-01T00:00:00Z", to: undefined }).range.resolution).toBe("day")
  })

  test("is the last seven days by default", () => {
    expect(rangeOf({ ...wanted, from: undefined, to: undefined }).from).toBe("2026-11-17T10:00:00.000Z")
  })

  test.each([
    ["2026-11-24T09:00:00Z", "2026-11-24T08:00:00Z", "before"],
    ["2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z", "before"],
    ["0001-01-01T00:00:00Z", "2026-11-24T09:00:00Z", "1970"],
    ["2026-11-24T09:00:00Z", "9999-12-31T00:00:00Z", "1970"],
  ])("rejects a range from %s to %s", (from, to, reason) => {
    expect(() => rangeOf({ ...wanted, from, to })).toThrow(reason)
  })
})
