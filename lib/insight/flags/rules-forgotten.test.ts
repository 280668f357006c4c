import { describe, expect, test } from "vitest"
import { openTimeOf } from "@/lib/fleet/stores/open-time"
import type { Calendar } from "@/lib/fleet/stores/opening-hours"
import { weekdays } from "@/lib/fleet/stores/words"
import { clockAt } from "@/lib/insight/flags/clock"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Rule } from "@/lib/insight/flags/rule"
import { clockWrong } from "@/lib/insight/flags/rule-clock-wrong"
import { batchDueAt, dayNotClosed } from "@/lib/insight/flags/rule-day-not-closed"
import { maintenanceMode } from "@/lib/insight/flags/rule-maintenance-mode"
import { context, healthy } from "@/tests/support/terminal-facts"

const at = (text: string) => Date.parse(text)
const hourMs = 3_600_000

const shop: Calendar = {
  zone: "Asia/Shanghai",
  hours: Object.fromEntries(weekdays.map((day) => [day, [["09:00", "22:00"]]])),
  exceptions: { "2026-11-26": [] },
  closedOn: null,
}

const contextAt = (now: number) => ({ ...context, clock: clockAt(now) })
const reasonsOf = (rule: Rule, now: number, change: Partial<TerminalFacts>) =>
  rule.evaluate({ ...healthy, lastBeatAt: now, ...change }, contextAt(now))?.reasons ?? []
const nextOf = (rule: Rule, now: number, change: Partial<TerminalFacts>) =>
  (rule.changesAt?.({ ...healthy, lastBeatAt: now, ...change }, contextAt(now)) ?? []).filter(
    (one) => one > now,
  )

describe("a batch that is still open", () => {
  const openedAt = at("2026-11-24T09:10+08:00")
  const batch = (namedAt: number | null) => ({
    batch: { openedAt, dueAt: batchDueAt(shop, openedAt), namedAt },
  })
  const due = at("2026-11-25T06:00+08:00")

  test("is found eight hours after closing, once a heartbeat names it", () => {
    expect(nextOf(dayNotClosed, due - 1, batch(due - hourMs))).toEqual([due])
    expect(reasonsOf(dayNotClosed, due, batch(due))).toEqual([
      { code: "day_not_closed", openedAt: "2026-11-24T01:10:00.000Z" },
    ])
  })

  test("is looked at every five minutes until a heartbeat names it, as long as one may come", () => {
    expect(nextOf(dayNotClosed, due, batch(due - 1))).toEqual([due + hourMs / 12])
    expect(nextOf(dayNotClosed, due + 2 * hourMs, { ...batch(due - 1), lastBeatAt: due - 1 })).toEqual([
      due + 3 * hourMs,
    ])
  })

  test("is not found where the terminal has been off since before", () => {
    expect(reasonsOf(dayNotClosed, due + hourMs, { ...batch(due - 1), lastBeatAt: due - 1 })).toEqual([])
  })

  test("is looked at every hour until heartbeats name it no more", () => {
    expect(nextOf(dayNotClosed, due + hourMs, batch(due))).toEqual([due + 2 * hourMs])
    expect(reasonsOf(dayNotClosed, due + 3 * hourMs, batch(due))).toEqual([])
    expect(nextOf(dayNotClosed, due + 3 * hourMs, batch(due))).toEqual([])
  })

  test.each([
    ["Asia/Kathmandu", "+05:45"],
    ["America/New_York", "-05:00"],
    ["Pacific/Auckland", "+13:00"],
  ])("is due by the store's own clock: %s", (zone, offset) => {
    const due = batchDueAt({ ...shop, zone }, at(`2026-11-24T10:00${offset}`))
    expect(due).toBe(at(`2026-11-25T06:00${offset}`))
  })

  test("is due only after the next business day if it was opened after closing", () => {
    expect(batchDueAt(shop, at("2026-11-25T22:30+08:00"))).toBe(at("2026-11-28T06:00+08:00"))
  })
})

describe("maintenance mode", () => {
  const since = at("2026-11-25T20:00+08:00")
  const facts = { mode: "maintenance", maintenanceSince: since, open: openTimeOf(shop) } as const

  test("is found after four open hours, holidays left out", () => {
    const forgotten = at("2026-11-27T11:00+08:00")
    expect(nextOf(maintenanceMode, since, facts)).toEqual([forgotten])
    expect(reasonsOf(maintenanceMode, forgotten - 1, facts)).toEqual([])
    expect(reasonsOf(maintenanceMode, forgotten, facts)).toEqual([
      { code: "maintenance_mode", since: "2026-11-25T12:00:00.000Z" },
    ])
  })

  test("takes a day where the hours are unknown", () => {
    const unknown = { ...facts, open: healthy.open, hasHours: false }
    expect(nextOf(maintenanceMode, since, unknown)).toEqual([since + 24 * hourMs])
  })

  test.each([
    ["Europe/Berlin", "2026-10-25T00:00+02:00", "2026-10-25T03:00+01:00"],
    ["America/New_York", "2026-03-08T00:00-05:00", "2026-03-08T05:00-04:00"],
  ])("counts real hours in the night in which clocks change: %s", (zone, begins, forgotten) => {
    const hours = Object.fromEntries(weekdays.map((day) => [day, [["00:00", "24:00"]]]))
    const open = openTimeOf({ ...shop, zone, hours })
    expect(nextOf(maintenanceMode, at(begins), { ...facts, maintenanceSince: at(begins), open })).toEqual([
      at(forgotten),
    ])
  })

  test("ends with a heartbeat in another mode", () => {
    expect(maintenanceMode.hasRecovered?.({ ...healthy, mode: "maintenance" }, context)).toBe(false)
    expect(maintenanceMode.hasRecovered?.({ ...healthy, mode: "normal" }, context)).toBe(true)
  })
})

describe("a wrong clock", () => {
  const now = at("2026-11-24T17:00Z")
  const wrongFor = (hours: number) => ({
    clockOffsetMs: 9 * 60_000,
    clockWrongSince: now - hours * hourMs,
  })

  test("is found when heartbeats show it for three hours", () => {
    expect(reasonsOf(clockWrong, now, wrongFor(2))).toEqual([])
    expect(nextOf(clockWrong, now, wrongFor(2))).toEqual([now + hourMs])
    expect(nextOf(clockWrong, now, wrongFor(3))).toEqual([])
    expect(reasonsOf(clockWrong, now, wrongFor(3))).toEqual([
      { code: "clock_wrong", direction: "slow", value: 9, unit: "minutes" },
    ])
  })

  test("is not found by one heartbeat before a silence", () => {
    expect(reasonsOf(clockWrong, now, { ...wrongFor(8), lastBeatAt: now - 8 * hourMs })).toEqual([])
  })

  test("ends with a heartbeat whose time is right", () => {
    expect(clockWrong.hasRecovered?.({ ...healthy, clockOffsetMs: 3 * 60_000 }, context)).toBe(false)
    expect(clockWrong.hasRecovered?.(healthy, context)).toBe(true)
  })
})
