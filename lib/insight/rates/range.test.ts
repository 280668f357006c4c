import { describe, expect, test } from "vitest"
import { rangeOf } from "@/lib/insight/rates/range"

const at = new Date("2026-11-24T10:20:00Z")
const wanted = { zone: "Asia/Shanghai", hoursFrom: new Date("2026-08-26T10:20:00Z"), daysOnly: false, at }

describe("ranges", () => {
  test("are widened to whole hours within the hours' retention", () => {
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

  test("are widened to whole days before; the answer names those of the organisation's zone", () => {
    expect(rangeOf({ ...wanted, from: "2026-01-01T20:00:00Z", to: "2026-01-03T20:00:00Z" })).toMatchObject({
      range: { resolution: "day", from: "2026-01-01T20:00:00.000Z", to: "2026-01-03T20:00:00.000Z" },
      from: "2026-01-02T00:00:00.000+08:00",
      to: "2026-01-05T00:00:00.000+08:00",
    })
  })

  test("whole days of the zone stay as they are", () => {
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

  test("of days are bounded so that no zone's days fall out", () => {
    const { range } = rangeOf({
      ...wanted,
      daysOnly: true,
      from: "2026-11-16T23:00:00Z",
      to: "2026-11-17T23:30:00Z",
    })
    if (range.resolution !== "day") throw new Error("days were asked for")
    // In Honolulu the range lies on the 16th and 17th, the period before on the 14th and 15th; in Kiritimati
    // it ends on the 18th.
    expect(range.firstDay <= "2026-11-14").toBe(true)
    expect(range.endDay >= "2026-11-19").toBe(true)
  })

  test("use days where the period before would reach past the hours", () => {
    expect(rangeOf({ ...wanted, from: "2026-10-01T00:00:00Z", to: undefined }).range.resolution).toBe("day")
  })

  test("are the last seven days unless said otherwise", () => {
    expect(rangeOf({ ...wanted, from: undefined, to: undefined }).from).toBe("2026-11-17T10:00:00.000Z")
  })

  test.each([
    ["2026-11-24T09:00:00Z", "2026-11-24T08:00:00Z", "before"],
    ["2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z", "before"],
    ["0001-01-01T00:00:00Z", "2026-11-24T09:00:00Z", "1970"],
    ["2026-11-24T09:00:00Z", "9999-12-31T00:00:00Z", "1970"],
  ])("from %s to %s is refused", (from, to, reason) => {
    expect(() => rangeOf({ ...wanted, from, to })).toThrow(reason)
  })
})
