import { describe, expect, test } from "vitest"
import { parseWeek, shiftWeek, weekBounds, weekOf } from "@/lib/outlook/reports/week"

describe("an ISO week", () => {
  test.each([
    ["2026-W47", "2026-11-16", "2026-11-23"],
    ["2020-W53", "2020-12-28", "2021-01-04"],
    ["2021-W01", "2021-01-04", "2021-01-11"],
    ["2024-W01", "2024-01-01", "2024-01-08"],
    ["2009-W01", "2008-12-29", "2009-01-05"],
  ])("%s runs from %s to %s", (name, from, to) => {
    expect(parseWeek(name)).toEqual({ name, from, to })
  })

  test.each(["2026-47", "2026-W00", "2026-W54", "2021-W53", "x"])("rejects %s", (name) => {
    expect(() => parseWeek(name)).toThrow("2026-W47")
  })

  test("depends on the zone: Monday morning in Shanghai is Sunday evening in UTC", () => {
    const at = new Date("2026-11-22T17:00:00Z")
    expect(weekOf(at, "Asia/Shanghai").name).toBe("2026-W48")
    expect(weekOf(at, "UTC").name).toBe("2026-W47")
  })

  test("follows the last one across years", () => {
    expect(shiftWeek(parseWeek("2020-W53"), 1).name).toBe("2021-W01")
    expect(shiftWeek(parseWeek("2021-W01"), -1).name).toBe("2020-W53")
  })

  test("is an hour shorter when the clocks go forward", () => {
    const { from, to } = weekBounds(parseWeek("2026-W13"), "Europe/Berlin")
    expect((to.getTime() - from.getTime()) / 3_600_000).toBe(167)
  })
})
