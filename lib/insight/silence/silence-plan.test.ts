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

type Given = { calendar?: Calendar; intervalSeconds?: number | null; silentFor: number; outages?: Span[] }

const silenceOf = ({ calendar = open, intervalSeconds = 900, silentFor, outages = [] }: Given): Silence => ({
  lastReceivedAt: now - silentFor * 1000,
  intervalSeconds,
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
