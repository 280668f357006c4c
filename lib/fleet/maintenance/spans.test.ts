import { describe, expect, test } from "vitest"
import {
  byPlace,
  joined,
  maintenanceWithin,
  timesOf,
  type MaintenanceWindow,
} from "@/lib/fleet/maintenance/spans"

const berlin = "Europe/Berlin"
const once: MaintenanceWindow = {
  kind: "store",
  placeId: 3,
  starts: "2026-12-01T22:00",
  ends: "2026-12-02T04:00",
  isWeekly: false,
  lastOn: null,
  endedAt: Infinity,
}
const at = (text: string) => Date.parse(text)
const timesIn = (window: MaintenanceWindow, from: string, to: string, zone = berlin) =>
  timesOf(window, zone, { from: at(from), to: at(to) }).map((span) => [
    new Date(span.from).toISOString().slice(0, 16),
    new Date(span.to).toISOString().slice(0, 16),
  ])

describe("the times of a window", () => {
  test("are by the clock of each store", () => {
    const december = ["2026-12-01T00:00Z", "2026-12-31T00:00Z"] as const
    expect(timesIn(once, ...december)).toEqual([["2026-12-01T21:00", "2026-12-02T03:00"]])
    expect(timesIn(once, ...december, "Asia/Shanghai")).toEqual([["2026-12-01T14:00", "2026-12-01T20:00"]])
  })

  test.each([
    ["ends as the range begins", "2026-12-02T03:00Z", "2026-12-03T00:00Z", 0],
    ["goes on as the range begins", "2026-12-02T02:59Z", "2026-12-03T00:00Z", 1],
    ["begins as the range ends", "2026-11-30T00:00Z", "2026-12-01T21:00Z", 0],
  ])("belong to a range that they touch: one that %s", (_name, from, to, count) => {
    expect(timesIn(once, from, to)).toHaveLength(count)
  })

  test("come each week, until the last day", () => {
    const weekly = { ...once, isWeekly: true, lastOn: "2026-12-15" }
    expect(timesIn(weekly, "2026-12-05T00:00Z", "2027-02-01T00:00Z")).toEqual([
      ["2026-12-08T21:00", "2026-12-09T03:00"],
      ["2026-12-15T21:00", "2026-12-16T03:00"],
    ])
    expect(timesIn({ ...weekly, lastOn: null }, "2030-01-01T00:00Z", "2030-01-08T00:00Z")).toHaveLength(1)
  })

  test("do not begin before the first one", () => {
    expect(timesIn({ ...once, isWeekly: true }, "2026-10-01T00:00Z", "2026-12-01T00:00Z")).toEqual([])
  })

  test("stop when somebody ends it", () => {
    const ended = { ...once, isWeekly: true, endedAt: at("2026-12-08T22:30Z") }
    expect(timesIn(ended, "2026-12-01T00:00Z", "2027-02-01T00:00Z")).toEqual([
      ["2026-12-01T21:00", "2026-12-02T03:00"],
      ["2026-12-08T21:00", "2026-12-08T22:30"],
    ])
  })

  test.each([
    // From 02:00 to 03:00 the clock shows no time, so the window begins at 03:00.
    ["when the clock goes forward", "2026-03-29", ["2026-03-29T01:00", "2026-03-29T02:00"]],
    ["when the clock goes back", "2026-10-25", ["2026-10-25T00:00", "2026-10-25T03:00"]],
    ["on another night", "2026-10-24", ["2026-10-24T00:00", "2026-10-24T02:00"]],
  ])("are right in the night %s", (_name, day, expected) => {
    const night = { ...once, starts: `${day}T02:00`, ends: `${day}T04:00` }
    expect(timesIn(night, `${day}T00:00Z`, `${day}T12:00Z`)).toEqual([expected])
  })

  test("of a weekly one keep to the clock over both changes", () => {
    const weekly = { ...once, starts: "2026-03-22T02:30", ends: "2026-03-22T05:00", isWeekly: true }
    const begins = timesIn(weekly, "2026-03-20T00:00Z", "2026-11-10T00:00Z").map(([from]) => from)
    expect(begins.slice(0, 3)).toEqual(["2026-03-22T01:30", "2026-03-29T01:30", "2026-04-05T00:30"])
    expect(begins.slice(-3)).toEqual(["2026-10-25T00:30", "2026-11-01T01:30", "2026-11-08T01:30"])
  })
})

describe("the maintenance of a terminal", () => {
  const place = { terminal_id: 7, store_id: 3, region_id: 2, merchant_id: 1, time_zone: berlin }
  const range = { from: at("2026-12-01T00:00Z"), to: at("2026-12-03T00:00Z") }
  test.each([
    ["its own", { kind: "terminal", placeId: 7 }, 1],
    ["another terminal's", { kind: "terminal", placeId: 3 }, 0],
    ["its store's", { kind: "store", placeId: 3 }, 1],
    ["its region's", { kind: "region", placeId: 2 }, 1],
    ["its merchant's", { kind: "merchant", placeId: 1 }, 1],
    ["another merchant's", { kind: "merchant", placeId: 2 }, 0],
    ["the organisation's", { kind: "organisation", placeId: 0 }, 1],
  ] as const)("is %s", (_name, of, count) => {
    expect(maintenanceWithin(byPlace([{ ...once, ...of }]), range)(place)).toHaveLength(count)
  })
})

test("a window of many stores is by the clock of each", () => {
  const all = byPlace([{ ...once, kind: "organisation", placeId: 0 }])
  const maintenance = maintenanceWithin(all, { from: at("2026-12-01T00:00Z"), to: at("2026-12-03T00:00Z") })
  const beginsIn = (zone: string, store: number) =>
    maintenance({ terminal_id: 0, store_id: store, region_id: null, merchant_id: null, time_zone: zone }).map(
      ({ from }) => new Date(from).toISOString().slice(0, 16),
    )
  expect(beginsIn(berlin, 1)).toEqual(["2026-12-01T21:00"])
  expect(beginsIn("Asia/Shanghai", 2)).toEqual(["2026-12-01T14:00"])
  expect(beginsIn(berlin, 3)).toEqual(["2026-12-01T21:00"])
})

test("spans that overlap or touch become one", () => {
  expect(
    joined([
      { from: 5, to: 7 },
      { from: 1, to: 3 },
      { from: 3, to: 4 },
      { from: 6, to: 6.5 },
    ]),
  ).toEqual([
    { from: 1, to: 4 },
    { from: 5, to: 7 },
  ])
})
