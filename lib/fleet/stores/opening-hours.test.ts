import { describe, expect, test } from "vitest"
import { openSecondsBetween, openTimeOf } from "@/lib/fleet/stores/open-time"
import {
  calendarOf,
  HoursExceptions,
  openSpans,
  type Calendar,
  type OpeningHours,
} from "@/lib/fleet/stores/opening-hours"

const hours: OpeningHours = {
  mon: [
    ["09:00", "12:00"],
    ["13:00", "21:00"],
  ],
  fri: [["18:00", "02:00"]],
}
const shanghai: Calendar = { zone: "Asia/Shanghai", hours, exceptions: {}, closedOn: null }
/** Hours of [from, to) by both ways to count them, which agree where no spans overlap. */
function open(from: string, to: string, change: Partial<Calendar> = {}): number {
  const calendar = { ...shanghai, ...change }
  const [begin, end] = [Date.parse(from), Date.parse(to)]
  const seconds = openSecondsBetween(openTimeOf(calendar), begin, end)
  const spans = openSpans(calendar, begin, end)
  expect(spans.reduce((total, span) => total + span.to - span.from, 0) / 1000).toBe(seconds)
  return seconds / 3600
}

describe("openSpans", () => {
  test.each([
    ["a whole Monday", "2026-11-23T00:00:00+08:00", "2026-11-24T00:00:00+08:00", 11],
    ["across lunch", "2026-11-23T11:00:00+08:00", "2026-11-23T14:00:00+08:00", 2],
    ["closed on Tuesday", "2026-11-24T00:00:00+08:00", "2026-11-25T00:00:00+08:00", 0],
    ["Friday night runs into Saturday", "2026-11-27T20:00:00+08:00", "2026-11-28T12:00:00+08:00", 6],
    ["only the part after midnight", "2026-11-28T00:00:00+08:00", "2026-11-28T12:00:00+08:00", 2],
    ["a week", "2026-11-23T00:00:00+08:00", "2026-11-30T00:00:00+08:00", 19],
  ])("%s", (_name, from, to, expected) => expect(open(from, to)).toBeCloseTo(expected, 6))

  test("a night in which summer time begins is an hour shorter", () => {
    const night: OpeningHours = { sat: [["22:00", "06:00"]] }
    expect(
      open("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", { zone: "Europe/Berlin", hours: night }),
    ).toBeCloseTo(7, 6)
  })

  test("a store can be open round the clock", () => {
    expect(
      open("2026-11-23T00:00:00+08:00", "2026-11-24T00:00:00+08:00", {
        hours: { mon: [["00:00", "24:00"]] },
      }),
    ).toBe(24)
  })
})

describe("openSpans with exceptions", () => {
  const week = (change: Partial<Calendar>) =>
    open("2026-11-23T00:00:00+08:00", "2026-11-30T00:00:00+08:00", change)

  test.each<[string, Partial<Calendar>, number]>([
    ["a holiday removes the day's hours", { exceptions: { "2026-11-23": [] } }, 8],
    ["special hours replace the day's own", { exceptions: { "2026-11-23": [["10:00", "12:00"]] } }, 10],
    ["a day that is normally closed can be open", { exceptions: { "2026-11-24": [["10:00", "18:00"]] } }, 27],
    ["a night that began before a holiday continues into it", { exceptions: { "2026-11-28": [] } }, 19],
    ["a holiday removes the night that would begin on it", { exceptions: { "2026-11-27": [] } }, 11],
    ["a holiday of another year does not count", { exceptions: { "2025-11-23": [] } }, 19],
    ["a store is closed from its day of closure on", { closedOn: "2026-11-27" }, 11],
    ["the last night ends when the store closes for good", { closedOn: "2026-11-28" }, 17],
    [
      "an exception does not open a closed store",
      { closedOn: "2026-11-23", exceptions: { "2026-11-24": [["10:00", "18:00"]] } },
      0,
    ],
  ])("%s", (_name, change, expected) => expect(week(change)).toBeCloseTo(expected, 6))

  test("uses the store's own dates", () => {
    const change = {
      zone: "America/New_York",
      hours: { mon: [["18:00", "22:00"]] },
      exceptions: { "2026-11-23": [["18:00", "19:00"]] },
    } satisfies Partial<Calendar>
    expect(open("2026-11-23T12:00:00-05:00", "2026-11-24T12:00:00-05:00", change)).toBe(1)
  })

  test("treats unreadable exceptions as none", () => {
    const row = {
      time_zone: "UTC",
      opening_hours: { mon: [["09:00", "10:00"]] },
      hours_exceptions: { someday: [] },
      closed_on: null,
    }
    expect(calendarOf(row)).toEqual({
      zone: "UTC",
      hours: { mon: [["09:00", "10:00"]] },
      exceptions: {},
      closedOn: null,
    })
  })

  test.each([{ "2026-02-30": [] }, { "2026-10-01": [["9", "10:00"]] }, { monday: [] }])(
    "refuses %j",
    (days) => expect(HoursExceptions.safeParse(days).success).toBe(false),
  )
})
