import { expect, test } from "vitest"
import { calendarOf } from "@/lib/fleet/stores/opening-hours"
import { openHoursByDay } from "@/lib/outlook/reports/open-hours"

const at = (text: string) => Date.parse(text)
const from = at("2026-11-15T00:00:00Z")
const to = at("2026-11-24T00:00:00Z")

type Row = Parameters<typeof calendarOf>[0]
const store: Row = {
  time_zone: "Asia/Shanghai",
  opening_hours: { mon: [["09:00", "12:00"]] },
  hours_exceptions: {},
  closed_on: null,
}

/** The start of each open hour. */
const hoursOf = (change: Partial<Row>): string[] =>
  [...openHoursByDay(calendarOf({ ...store, ...change }), from, to)].flatMap(([day, hours]) =>
    Array.from({ length: 24 }, (_, n) => n)
      .filter((n) => (hours >> n) & 1)
      .map((n) => new Date((day * 24 + n) * 3_600_000).toISOString().slice(0, 13)),
  )

test.each<[string, Partial<Row>, string[]]>([
  [
    "the hours of the week",
    {},
    ["2026-11-16T01", "2026-11-16T02", "2026-11-16T03", "2026-11-23T01", "2026-11-23T02", "2026-11-23T03"],
  ],
  [
    "none on a holiday, and others on a special day",
    { hours_exceptions: { "2026-11-16": [], "2026-11-23": [["09:00", "10:00"]] } },
    ["2026-11-23T01"],
  ],
  [
    "none after the store closed for good",
    { closed_on: "2026-11-18" },
    ["2026-11-16T01", "2026-11-16T02", "2026-11-16T03"],
  ],
  [
    "overlapping spans once",
    {
      closed_on: "2026-11-18",
      opening_hours: {
        mon: [
          ["09:00", "10:00"],
          ["09:00", "11:00"],
        ],
      },
    },
    ["2026-11-16T01", "2026-11-16T02"],
  ],
  [
    "only whole UTC hours",
    { time_zone: "Asia/Kolkata", closed_on: "2026-11-18" },
    ["2026-11-16T04", "2026-11-16T05"],
  ],
  ["none when the opening hours are unknown", { opening_hours: null }, []],
])("%s", (_name, change, expected) => expect(hoursOf(change)).toEqual(expected))
