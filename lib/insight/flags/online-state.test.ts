import { describe, expect, test } from "vitest"
import { onlineState, silentSeconds } from "@/lib/insight/flags/online-state"

const now = Date.parse("2026-11-25T04:00:00Z")
const week = (from: string, to: string) =>
  Object.fromEntries(
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [[from, to]]]),
  ) as Record<string, [string, string][]>
/** `now` is Wednesday noon in this zone. */
const zone = "Asia/Shanghai"
const open = { zone, hours: week("00:00", "24:00"), exceptions: {}, closedOn: null }
const hoursUnknown = { ...open, hours: null }
const beatAgo = (secondsAgo: number) => now - secondsAgo * 1000

describe("online state", () => {
  test.each([
    ["just after a heartbeat", 900, 0, "online"],
    ["a heartbeat in the future", 900, -90, "online"],
    ["a second before two intervals", 900, 1799, "online"],
    ["two intervals", 900, 1800, "late"],
    ["a second before four intervals", 900, 3599, "late"],
    ["four intervals", 900, 3600, "suspect"],
    ["a second before two hours", 900, 7199, "suspect"],
    ["two hours", 900, 7200, "offline"],
    ["four intervals of a minute, but not ten minutes", 60, 599, "late"],
    ["four intervals of a minute and ten minutes", 60, 600, "suspect"],
    ["two hours with an interval of four hours", 14_400, 7200, "online"],
    ["a second before four intervals of four hours", 14_400, 57_599, "late"],
    ["four intervals of four hours", 14_400, 57_600, "offline"],
    ["no interval yet, a second before half an hour", null, 1799, "online"],
    ["no interval yet, half an hour", null, 1800, "late"],
  ])("%s", (_name, intervalSeconds, secondsAgo, expected) => {
    const terminal = { calendar: open, intervalSeconds, lastReceivedAt: beatAgo(secondsAgo) }
    expect(onlineState(terminal, now, false)).toBe(expected)
  })

  test.each([
    ["four intervals", 3600, "late"],
    ["a second before a day", 86_399, "late"],
    ["a day", 86_400, "offline"],
  ])("without known opening hours: %s", (_name, secondsAgo, expected) => {
    const terminal = { calendar: hoursUnknown, intervalSeconds: 900, lastReceivedAt: beatAgo(secondsAgo) }
    expect(onlineState(terminal, now, false)).toBe(expected)
  })

  test.each([
    ["the terminal never sent a heartbeat", null, open, false],
    ["the outage is ours", beatAgo(90_000), open, true],
    ["the store closed for good today", beatAgo(90_000), { ...open, closedOn: "2026-11-25" }, false],
    ["the store closed for good long ago", beatAgo(0), { ...open, closedOn: "2026-01-01" }, false],
  ])("is unknown when %s", (_name, lastReceivedAt, calendar, ourOutage) => {
    expect(onlineState({ calendar, intervalSeconds: 900, lastReceivedAt }, now, ourOutage)).toBe("unknown")
  })

  test("counts silence up to the day before a store closes for good", () => {
    const closing = { ...open, closedOn: "2026-11-26" }
    const terminal = { calendar: closing, intervalSeconds: 900, lastReceivedAt: beatAgo(90_000) }
    expect(onlineState(terminal, now, false)).toBe("offline")
  })
})

describe("seconds of silence", () => {
  const silence = (
    calendar: Parameters<typeof silentSeconds>[0]["calendar"],
    lastReceivedAt: number | null,
  ) => silentSeconds({ calendar, intervalSeconds: null, lastReceivedAt }, now)

  test.each([
    ["none without a heartbeat", open, null, 0],
    ["all of them when the store never closes", open, beatAgo(7200), 7200],
    ["only those in opening hours", { ...open, hours: week("10:00", "22:00") }, beatAgo(86_400), 43_200],
    ["none on a holiday", { ...open, exceptions: { "2026-11-25": [] } }, beatAgo(3600), 0],
    ["none when the store is never open", { ...open, hours: {} }, beatAgo(90_000), 0],
    ["all of them when the opening hours are unknown", hoursUnknown, beatAgo(90_000), 90_000],
  ])("%s", (_name, calendar, lastReceivedAt, expected) => {
    expect(silence(calendar, lastReceivedAt)).toBe(expected)
  })
})
