import { describe, expect, test } from "vitest"
import { openTimeOf } from "@/lib/fleet/stores/open-time"
import { closedFrom, type Calendar, type Span } from "@/lib/fleet/stores/opening-hours"
import {
  nextStepAt,
  silencePlan,
  silentSeconds,
  stepAt,
  type Silence,
} from "@/lib/insight/silence/silence-plan"
import type { UsualWeek } from "@/lib/insight/silence/usual-week"

const now = Date.parse("2026-11-25T04:00:00Z")
const week = (from: string, to: string) =>
  Object.fromEntries(
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [[from, to]]]),
  ) as Record<string, [string, string][]>
/** `now` is Wednesday noon in this zone. */
const zone = "Asia/Shanghai"
const open: Calendar = { zone, hours: week("00:00", "24:00"), exceptions: {}, closedOn: null }
const hoursUnknown = { ...open, hours: null }
const hour = 3_600_000

type Given = {
  calendar?: Calendar
  intervalSeconds?: number | null
  silentFor: number
  outages?: Span[]
  usual?: UsualWeek | null
}

const silenceOf = ({
  calendar = open,
  intervalSeconds = 900,
  silentFor,
  outages = [],
  usual = null,
}: Given): Silence => ({
  lastSignAt: now - silentFor * 1000,
  intervalSeconds,
  week: usual,
  zone,
  open: openTimeOf(calendar, outages),
  hasHours: calendar.hours !== null,
  closesAt: closedFrom(calendar),
})
const stateOf = (given: Given) => stepAt(silencePlan(silenceOf(given)), now)?.state ?? "online"

describe("the state of a silent terminal", () => {
  test.each([
    ["just after a heartbeat", 900, 0, "online"],
    ["a heartbeat in the future", 900, -90, "online"],
    ["a second before two intervals", 900, 1799, "online"],
    ["two intervals", 900, 1800, "late"],
    ["a second before four intervals", 900, 3599, "late"],
    ["four intervals", 900, 3600, "suspect"],
    ["a second before two hours", 900, 7199, "suspect"],
    ["two hours", 900, 7200, "offline"],
    ["two intervals of ten seconds, but not a minute", 10, 59, "online"],
    ["two intervals of ten seconds and a minute", 10, 60, "late"],
    ["four intervals of a minute, but not ten minutes", 60, 599, "late"],
    ["four intervals of a minute and ten minutes", 60, 600, "suspect"],
    ["two hours with an interval of four hours", 14_400, 7200, "online"],
    ["a second before four intervals of four hours", 14_400, 57_599, "late"],
    ["four intervals of four hours", 14_400, 57_600, "offline"],
    ["no interval yet, a second before half an hour", null, 1799, "online"],
    ["no interval yet, half an hour", null, 1800, "late"],
  ])("%s", (_name, intervalSeconds, silentFor, expected) => {
    expect(stateOf({ intervalSeconds, silentFor })).toBe(expected)
  })

  test.each([
    ["four intervals", 3600, "late"],
    ["a second before a day", 86_399, "late"],
    ["a day", 86_400, "offline"],
  ])("without known opening hours: %s", (_name, silentFor, expected) => {
    expect(stateOf({ calendar: hoursUnknown, silentFor })).toBe(expected)
  })

  test.each([
    ["closed for good today", "2026-11-25", 90_000],
    ["closed for good long ago", "2026-01-01", 0],
  ])("is unknown in a store that %s", (_name, closedOn, silentFor) => {
    expect(stateOf({ calendar: { ...open, closedOn }, silentFor })).toBe("unknown")
  })

  test("counts silence up to the day before a store closes for good", () => {
    expect(stateOf({ calendar: { ...open, closedOn: "2026-11-26" }, silentFor: 90_000 })).toBe("offline")
  })

  test("does not count our own outages", () => {
    const outages = [{ from: now - 2.5 * hour, to: now - 1.5 * hour }]
    expect(stateOf({ silentFor: 3 * 3600 - 1, outages })).toBe("suspect")
    expect(stateOf({ silentFor: 3 * 3600, outages })).toBe("offline")
  })
})

describe("the state of a terminal whose usual week is known", () => {
  const bits = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => 1 << (from + i)).reduce((sum, bit) => sum | bit, 0)
  /** Weekdays from 9 to 21 o'clock. `now` is noon of one. */
  const usual: UsualWeek = {
    hours: Array.from({ length: 7 }, (_, day) => (day < 5 ? bits(9, 21) : 0)),
    beatsPerHour: 3,
  }

  test.each([
    ["two missing of three an hour", open, 2399, 2400, "late"],
    ["four missing", open, 4799, 4800, "suspect"],
    ["two usual hours", open, 7199, 7200, "offline"],
    ["two usual hours without known opening hours", hoursUnknown, 7199, 7200, "offline"],
  ])("%s", (_name, calendar, before, after, expected) => {
    expect(stateOf({ calendar, usual, silentFor: before })).not.toBe(expected)
    expect(stateOf({ calendar, usual, silentFor: after })).toBe(expected)
  })

  test("hours that are usually silent do not count", () => {
    // Since 20:59 of the day before: a minute then, and three hours today.
    expect(silentSeconds(silenceOf({ usual, silentFor: 15 * 3600 + 60 }), now)).toBe(3 * 3600 + 60)
  })

  test("without known opening hours, the first and last usual hour do not count", () => {
    const silence = silenceOf({ calendar: hoursUnknown, usual, silentFor: 15 * 3600 + 60 })
    expect(silentSeconds(silence, now)).toBe(2 * 3600)
  })

  test("no more heartbeats are expected than its interval allows", () => {
    const often = { ...usual, beatsPerHour: 55 }
    expect(stateOf({ usual: often, intervalSeconds: 900, silentFor: 1799 })).toBe("online")
    expect(stateOf({ usual: often, intervalSeconds: 900, silentFor: 1800 })).toBe("late")
  })

  test("of a terminal that sends once an hour, single hours say nothing", () => {
    const seldom = { ...usual, beatsPerHour: 1 }
    expect(stateOf({ usual: seldom, intervalSeconds: 3600, silentFor: 7200 })).toBe("late")
    expect(silentSeconds(silenceOf({ usual: seldom, intervalSeconds: 3600, silentFor: 86_400 }), now)).toBe(
      86_400,
    )
  })

  test("nor does a weekday on which it never sends", () => {
    const hours = usual.hours.map((all, weekday) => (weekday === 2 ? 0 : all))
    const silence = silenceOf({ usual: { hours, beatsPerHour: 1 }, intervalSeconds: 3600, silentFor: 86_400 })
    // Since Tuesday noon.
    expect(silentSeconds(silence, now)).toBe(12 * 3600)
  })

  test("after four weeks of silence all open time counts", () => {
    const silence = silenceOf({ usual: { ...usual, hours: Array(7).fill(0) }, silentFor: 28 * 86_400 + 60 })
    expect(silentSeconds(silence, now)).toBe(60)
  })
})

describe("the next change", () => {
  const nextOf = (given: Given) => {
    const next = nextStepAt(silencePlan(silenceOf(given)), now)
    return next === null ? null : (next - now) / 1000
  }

  test.each([
    ["an online terminal becomes late", 100, 1700],
    ["a late one suspect", 1800, 1800],
    ["a suspect one offline", 3600, 3600],
    ["an offline one nothing more", 7200, null],
  ])("%s", (_name, silentFor, expected) => expect(nextOf({ silentFor })).toBe(expected))

  test("waits for the store to open", () => {
    const calendar = { ...open, hours: week("14:00", "22:00") }
    expect(nextOf({ calendar, silentFor: 3600 })).toBe(2 * 3600 + 1800)
  })

  test("never comes in a store that never opens", () => {
    expect(nextOf({ calendar: { ...open, hours: {} }, silentFor: 3600 })).toBeNull()
  })

  test("waits for the one day on which a store opens", () => {
    const calendar: Calendar = { ...open, hours: {}, exceptions: { "2026-11-30": [["08:00", "09:00"]] } }
    expect(nextOf({ calendar, silentFor: 0 })).toBe((4 * 24 + 20) * 3600 + 1800)
  })

  test("is at the latest when the store closes for good", () => {
    const calendar = { ...open, closedOn: "2026-11-26" }
    expect(nextOf({ calendar, silentFor: 90_000 })).toBe(12 * 3600)
  })
})

describe("seconds of silence", () => {
  test.each([
    ["all of them when the store never closes", open, 7200, 7200],
    ["only those in opening hours", { ...open, hours: week("10:00", "22:00") }, 86_400, 43_200],
    ["none on a holiday", { ...open, exceptions: { "2026-11-25": [] } }, 3600, 0],
    ["none when the store is never open", { ...open, hours: {} }, 90_000, 0],
    ["all of them when the opening hours are unknown", hoursUnknown, 90_000, 90_000],
    [
      "those of overlapping hours once",
      {
        ...open,
        exceptions: {
          "2026-11-25": [
            ["08:00", "11:00"],
            ["09:00", "12:00"],
          ],
        },
      },
      86_400,
      12 * 3600 + 4 * 3600,
    ],
  ] satisfies [string, Calendar, number, number][])("%s", (_name, calendar, silentFor, expected) => {
    expect(silentSeconds(silenceOf({ calendar, silentFor }), now)).toBe(expected)
  })
})
