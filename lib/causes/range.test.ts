import { describe, expect, test } from "vitest"
import { rangesOf } from "@/lib/causes/range"

const at = new Date("2026-11-24T10:20:00Z")
const wanted = { zone: "Asia/Shanghai", hourRetentionDays: 90, daysOnly: false, at }

describe("ranges", () => {
  test("are widened to whole hours within the hours' retention", () => {
    expect(rangesOf({ ...wanted, from: "2026-11-24T08:30:00Z", to: "2026-11-24T09:10:00Z" })).toMatchObject({
      now: { resolution: "hour", from: "2026-11-24T08:00:00.000Z", to: "2026-11-24T10:00:00.000Z" },
      previous: { from: "2026-11-24T06:00:00.000Z", to: "2026-11-24T08:00:00.000Z" },
    })
  })

  test("are widened to whole days of the organisation's zone before", () => {
    expect(rangesOf({ ...wanted, from: "2026-01-01T20:00:00Z", to: "2026-01-03T20:00:00Z" })).toEqual({
      now: { resolution: "day", from: "2026-01-02", to: "2026-01-05" },
      previous: { resolution: "day", from: "2025-12-30", to: "2026-01-02" },
      from: "2026-01-02T00:00:00.000+08:00",
      to: "2026-01-05T00:00:00.000+08:00",
    })
  })

  test("use days where the period before would reach past the hours", () => {
    expect(rangesOf({ ...wanted, from: "2026-10-01T00:00:00Z", to: undefined }).now.resolution).toBe("day")
  })

  test("are the last seven days unless said otherwise", () => {
    expect(rangesOf({ ...wanted, from: undefined, to: undefined }).now.from).toBe("2026-11-17T10:00:00.000Z")
  })

  test("that run backwards are refused", () => {
    expect(() => rangesOf({ ...wanted, from: "2026-11-24T09:00:00Z", to: "2026-11-24T08:00:00Z" })).toThrow("before")
  })
})
