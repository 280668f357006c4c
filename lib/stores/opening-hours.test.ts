import { describe, expect, test } from "vitest"
import { openSecondsBetween, type OpeningHours } from "@/lib/stores/opening-hours"

const hours: OpeningHours = { mon: [["09:00", "12:00"], ["13:00", "21:00"]], fri: [["18:00", "02:00"]] }
const open = (from: string, to: string, zone = "Asia/Shanghai", given = hours) => openSecondsBetween(given, zone, Date.parse(from), Date.parse(to)) / 3600

describe("open hours", () => {
  test.each([
    ["a whole Monday", "2026-11-23T00:00:00+08:00", "2026-11-24T00:00:00+08:00", 11],
    ["across lunch", "2026-11-23T11:00:00+08:00", "2026-11-23T14:00:00+08:00", 2],
    ["closed on Tuesday", "2026-11-24T00:00:00+08:00", "2026-11-25T00:00:00+08:00", 0],
    ["Friday night runs into Saturday", "2026-11-27T20:00:00+08:00", "2026-11-28T12:00:00+08:00", 6],
    ["only the part after midnight", "2026-11-28T00:00:00+08:00", "2026-11-28T12:00:00+08:00", 2],
    ["a week", "2026-11-23T00:00:00+08:00", "2026-11-30T00:00:00+08:00", 19],
  ])("%s", (_name, from, to, expected) => expect(open(from, to)).toBeCloseTo(expected, 6))

  test("a night in which the clocks change is an hour shorter", () => {
    const night: OpeningHours = { sat: [["22:00", "06:00"]] }
    expect(open("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", "Europe/Berlin", night)).toBeCloseTo(7, 6)
  })

  test("open round the clock", () => {
    expect(open("2026-11-23T00:00:00+08:00", "2026-11-24T00:00:00+08:00", "Asia/Shanghai", { mon: [["00:00", "24:00"]] })).toBe(24)
  })
})
