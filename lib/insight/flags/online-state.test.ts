import { describe, expect, test } from "vitest"
import { onlineState, silentSeconds } from "@/lib/insight/flags/online-state"

const now = Date.parse("2026-11-25T04:00:00Z")
const week = (from: string, to: string) =>
  Object.fromEntries(
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [[from, to]]]),
  ) as Record<string, [string, string][]>
/** Noon of a Wednesday. */
const zone = "Asia/Shanghai"
const open = { zone, hours: week("00:00", "24:00"), exceptions: {}, closedOn: null }
const hoursUnknown = { ...open, hours: null }
const heard = (secondsAgo: number) => now - secondsAgo * 1000

describe("what a silence means", () => {
  test.each([
    ["just heard of", 900, 0, "online"],
    ["a clock of ours that is ahead", 900, -90, "online"],
    ["a second before two beats", 900, 1799, "online"],
    ["two beats", 900, 1800, "late"],
    ["a second before four beats", 900, 3599, "late"],
    ["four beats", 900, 3600, "suspect"],
    ["a second before two hours", 900, 7199, "suspect"],
    ["two hours", 900, 7200, "offline"],
    ["four beats of a minute are too soon to suspect", 60, 599, "late"],
    ["ten minutes are not", 60, 600, "suspect"],
    ["of a rhythm of hours, two hours are nothing", 14_400, 7200, "online"],
    ["a second before four of its beats", 14_400, 57_599, "late"],
    ["four of its beats", 14_400, 57_600, "offline"],
    ["no rhythm yet: a quarter of an hour is taken", null, 1799, "online"],
    ["no rhythm yet, half an hour", null, 1800, "late"],
  ])("%s", (_name, intervalSeconds, secondsAgo, expected) => {
    const terminal = { calendar: open, intervalSeconds, lastReceivedAt: heard(secondsAgo) }
    expect(onlineState(terminal, now, false)).toBe(expected)
  })

  test.each([
    ["four beats are no more than late", 3600, "late"],
    ["a second before a day", 86_399, "late"],
    ["a day", 86_400, "offline"],
  ])("where opening hours are not known, %s", (_name, secondsAgo, expected) => {
    const terminal = { calendar: hoursUnknown, intervalSeconds: 900, lastReceivedAt: heard(secondsAgo) }
    expect(onlineState(terminal, now, false)).toBe(expected)
  })

  test.each([
    ["nothing was ever heard", null, open, false],
    ["the outage is ours", heard(90_000), open, true],
    ["the store closed for good today", heard(90_000), { ...open, closedOn: "2026-11-25" }, false],
    ["the store closed for good before", heard(0), { ...open, closedOn: "2026-01-01" }, false],
  ])("is not known where %s", (_name, lastReceivedAt, calendar, ourOutage) => {
    expect(onlineState({ calendar, intervalSeconds: 900, lastReceivedAt }, now, ourOutage)).toBe("unknown")
  })

  test("counts to the day before a store closes for good", () => {
    const closing = { ...open, closedOn: "2026-11-26" }
    const terminal = { calendar: closing, intervalSeconds: 900, lastReceivedAt: heard(90_000) }
    expect(onlineState(terminal, now, false)).toBe("offline")
  })
})

describe("seconds of silence", () => {
  const silence = (
    calendar: Parameters<typeof silentSeconds>[0]["calendar"],
    lastReceivedAt: number | null,
  ) => silentSeconds({ calendar, intervalSeconds: null, lastReceivedAt }, now)

  test.each([
    ["none where nothing was heard", open, null, 0],
    ["all of them where the store never closes", open, heard(7200), 7200],
    ["those of opening hours alone", { ...open, hours: week("10:00", "22:00") }, heard(86_400), 43_200],
    ["none of a holiday", { ...open, exceptions: { "2026-11-25": [] } }, heard(3600), 0],
    ["none of a store that is never open", { ...open, hours: {} }, heard(90_000), 0],
    ["all of them where its hours are not known", hoursUnknown, heard(90_000), 90_000],
  ])("%s", (_name, calendar, lastReceivedAt, expected) => {
    expect(silence(calendar, lastReceivedAt)).toBe(expected)
  })
})
