import { describe, expect, test } from "vitest"
import type { PolicyDraft as Policy } from "@/lib/fleet/releases/schemas"
import { isEvaluated, type TerminalFacts } from "@/lib/insight/flags/facts"
import { findingsOf, type Finding } from "@/lib/insight/flags/rules"
import { context, healthy, noPolicy, now } from "@/tests/support/terminal-facts"

const at = (text: string) => Date.parse(text)
const findings = (change: Partial<TerminalFacts>, policies: Policy[] = []): Finding[] =>
  findingsOf({ ...healthy, ...change }, { ...context, standards: { policies, releases: [] } })

test("finds nothing at a healthy terminal", () => {
  expect(findings({})).toEqual([])
})

test("a finding names its terminal, its store and the time of the evidence", () => {
  expect(findings({ checks: { ...healthy.checks, reader: false } })).toEqual([
    {
      rule: "self_check",
      kind: "maintenance",
      subject: "terminal:7",
      terminalId: 7,
      storeId: 3,
      observedAt: now - 60_000,
      dueAt: null,
      reasons: [{ code: "check_failed", check: "reader" }],
    },
  ])
})

test.each(["active", "pending", "spare", "in_repair", "retired"] as const)(
  "evaluates only active terminals: %s",
  (status) => expect(isEvaluated({ ...healthy, status }, now)).toBe(status === "active"),
)

test.each([
  ["closes in a moment", now + 1, true],
  ["is closing now", now, false],
  ["closed long ago", 0, false],
])("evaluates no terminal of a store that closed for good: the store %s", (_name, closesAt, expected) =>
  expect(isEvaluated({ ...healthy, closesAt }, now)).toBe(expected),
)

describe("silent", () => {
  const silentFor = (seconds: number, change: Partial<TerminalFacts> = {}) =>
    findings({
      onlineState: "offline",
      lastBeatAt: now - seconds * 1000,
      silentSeconds: seconds,
      ...change,
    })

  test("gives the last heartbeat, the open minutes and the usual interval", () => {
    expect(silentFor(7_259)).toMatchObject([
      {
        rule: "silent",
        kind: "maintenance",
        observedAt: now - 7_259_000,
        dueAt: null,
        reasons: [
          { code: "silent", lastBeatAt: "2026-11-24T14:59:01.000Z", openMinutes: 120, intervalMinutes: 15 },
        ],
      },
    ])
  })

  test("counts whole hours without opening hours", () => {
    expect(silentFor(25 * 3600 + 3599, { hasHours: false, intervalSeconds: 89 })).toMatchObject([
      { reasons: [{ code: "silent_unknown_hours", hours: 25, intervalMinutes: 1 }] },
    ])
  })

  test("counts from the receipt of the heartbeat, and shows its own corrected time", () => {
    expect(silentFor(7_200, { lastBeatAt: now - 9_000_000 })).toMatchObject([
      {
        observedAt: now - 9_000_000,
        reasons: [{ lastBeatAt: "2026-11-24T14:30:00.000Z", openMinutes: 120 }],
      },
    ])
  })

  test.each(["online", "late", "suspect", "unknown"] as const)(
    "finds nothing when the terminal is %s",
    (state) => {
      expect(silentFor(90_000, { onlineState: state })).toEqual([])
    },
  )

  test("finds nothing when the terminal never sent a heartbeat", () => {
    expect(silentFor(90_000, { lastBeatAt: null })).toEqual([])
  })
})

describe("self-check", () => {
  const failed = (check: string) => ({ code: "check_failed", check })
  const tamper = { code: "tamper" }
  test.each<[string, Partial<TerminalFacts["checks"]>, string, object[]]>([
    ["the PIN pad", { pinpad: false }, "maintenance", [failed("pinpad")]],
    ["the reader", { reader: false }, "maintenance", [failed("reader")]],
    ["the security module", { security: false }, "maintenance", [failed("security")]],
    [
      "all three, security first",
      { pinpad: false, reader: false, security: false },
      "maintenance",
      [failed("security"), failed("pinpad"), failed("reader")],
    ],
    ["tampering", { tamper: true }, "replacement", [tamper]],
    ["tampering and more", { tamper: true, pinpad: false }, "replacement", [tamper, failed("pinpad")]],
  ])("%s", (_name, checks, kind, reasons) => {
    expect(findings({ checks: { ...healthy.checks, ...checks } })).toMatchObject([
      { rule: "self_check", kind, reasons },
    ])
  })

  test("finds nothing when no check is reported", () => {
    expect(findings({ checks: { pinpad: null, reader: null, security: null, tamper: null } })).toEqual([])
  })

  test.each([
    ["is observed now without a heartbeat", null, now],
    ["is observed now when the terminal's clock is ahead", now + 90_000, now],
    ["is observed at the heartbeat that reported it", now - 5_000, now - 5_000],
  ])("%s", (_name, lastBeatAt, expected) => {
    expect(findings({ lastBeatAt, checks: { ...healthy.checks, tamper: true } })).toMatchObject([
      { observedAt: expected, dueAt: null },
    ])
  })
})

describe("a release below its minimum version", () => {
  const app: Policy = { ...noPolicy, minimumVersion: "5.11.0" }
  const due = (day: string, change: Partial<Policy> = {}): Policy => ({ ...app, dueOn: day, ...change })
  const startOf = (day: string) => at(`${day}T00:00:00+08:00`)

  test("gives the component, its version and the minimum version", () => {
    expect(findings({}, [app])).toMatchObject([
      {
        rule: "release_behind",
        kind: "update",
        observedAt: now,
        dueAt: null,
        reasons: [{ code: "release_behind", component: "app", current: "5.10.0", minimum: "5.11.0" }],
      },
    ])
  })

  test.each<[string, Policy[], number | null]>([
    ["none without a date", [app], null],
    ["a day that has come", [due("2026-11-01")], startOf("2026-11-01")],
    [
      "the earlier of two days",
      [due("2026-11-20"), due("2026-11-10", { component: "os", minimumVersion: "11" })],
      startOf("2026-11-10"),
    ],
    [
      "not that of another model",
      [due("2026-11-20"), due("2026-01-01", { model: 2 })],
      startOf("2026-11-20"),
    ],
    [
      "not that of a minimum that is met",
      [due("2026-11-20"), due("2026-01-01", { minimumVersion: "5.9" })],
      startOf("2026-11-20"),
    ],
    ["not one to come", [due("2026-11-20"), due("2026-12-01")], startOf("2026-11-20")],
    ["none beside that of another model", [app, due("2026-01-01", { model: 2 })], null],
    ["that of its own model", [due("2026-11-20", { model: 1 })], startOf("2026-11-20")],
  ])("has a due date: %s", (_name, policies, dueAt) => {
    expect(findings({}, policies)).toMatchObject([{ rule: "release_behind", dueAt }])
  })

  test.each([
    ["2026-11-24", "Asia/Shanghai", true],
    ["2026-11-25", "Asia/Shanghai", true],
    ["2026-11-26", "Asia/Shanghai", false],
    ["2026-11-24", "America/New_York", true],
    ["2026-11-25", "America/New_York", false],
  ])("due on %s in %s: found %s", (day, zone, isDue) => {
    const found = findings({ zone }, [due(day)])
    expect(found).toHaveLength(isDue ? 1 : 0)
  })

  test("starts a day in the store's zone", () => {
    expect(findings({ zone: "America/New_York" }, [due("2026-11-20")])).toMatchObject([
      { dueAt: at("2026-11-20T00:00:00-05:00") },
    ])
  })

  test.each<[string, Policy, Partial<TerminalFacts>]>([
    ["the component is not reported", app, { versions: { ...healthy.versions, app: null } }],
    ["the minimum version runs", { ...app, minimumVersion: "5.10.0" }, {}],
    ["a newer version runs", { ...app, minimumVersion: "5.9.12" }, {}],
    ["the minimum is for another model", { ...app, model: 2 }, {}],
    ["the minimum is for a model and the terminal has none", { ...app, model: 1 }, { model: null }],
    ["the version has no number", app, { versions: { ...healthy.versions, app: "未知" } }],
    ["the version is empty", app, { versions: { ...healthy.versions, app: "" } }],
    ["the minimum version has no number", { ...app, minimumVersion: "newest" }, {}],
  ])("finds nothing when %s", (_name, policy, change) => {
    expect(findings(change, [policy])).toEqual([])
  })
})

describe("a model's end of use", () => {
  const ending = (useEndOn: string | null, zone = "Asia/Shanghai") =>
    findings({ model: { id: 1, name: "M3", useEndOn }, zone })

  test.each([
    ["2027-11-25", "use_end_near", 365],
    ["2026-11-26", "use_end_near", 1],
    ["2026-11-25", "use_end_passed", 0],
    ["2026-11-24", "use_end_passed", 1],
    ["2024-02-29", "use_end_passed", 1000],
  ])("on %s: %s, by %i days", (on, code, days) => {
    expect(ending(on)).toMatchObject([
      {
        rule: "model_past_use_end",
        kind: "replacement",
        observedAt: now,
        dueAt: code === "use_end_near" ? null : at(`${on}T00:00:00+08:00`),
        reasons: [{ code, model: "M3", on, days }],
      },
    ])
  })

  test("counts days in the store's zone", () => {
    expect(ending("2026-11-25", "America/New_York")).toMatchObject([
      { reasons: [{ code: "use_end_near", days: 1 }] },
    ])
  })

  test.each([["2027-11-26"], [null]])("finds nothing yet when it is %s", (on) =>
    expect(ending(on)).toEqual([]),
  )

  test("finds nothing at a terminal without a model", () => {
    expect(findings({ model: null })).toEqual([])
  })
})

describe("not up at opening", () => {
  const opening = { at: now - 45 * 60_000, missedAt: now - 15 * 60_000, isStoreUp: true }

  test("says when the store opened", () => {
    expect(findings({ onlineState: "suspect", opening })).toMatchObject([
      {
        rule: "not_up_at_opening",
        kind: "maintenance",
        observedAt: opening.at,
        reasons: [{ code: "not_up_at_opening", openedAt: "2026-11-24T16:15:00.000Z" }],
      },
    ])
  })

  test.each<[string, Partial<TerminalFacts>]>([
    ["no opening was missed", { opening: null }],
    ["it opened a moment ago", { opening: { ...opening, missedAt: now + 1 } }],
    ["the others of the store are not up either", { opening: { ...opening, isStoreUp: false } }],
    ["its flag of silence waits for more heartbeats", { opening, normalGaps: 1 }],
  ])("finds nothing when %s", (_name, change) =>
    expect(findings({ onlineState: "suspect", ...change })).toEqual([]),
  )
})

describe("state that wears", () => {
  test.each<[string, Partial<TerminalFacts>, object[]]>([
    ["storage at nine tenths", { storageUsedPct: 90 }, [{ code: "storage_full", used: 90 }]],
    ["storage below", { storageUsedPct: 89.9 }, []],
    ["a battery at seven tenths", { batteryHealthPct: 70 }, [{ code: "battery_worn", health: 70 }]],
    ["a battery above", { batteryHealthPct: 70.1 }, []],
    ["no battery", { batteryHealthPct: null }, []],
    ["a printer out of order", { printerStatus: "out_of_order" }, [{ code: "printer_fault" }]],
    ["a printer without paper", { printerStatus: "no_paper" }, []],
  ])("%s", (_name, change, reasons) => {
    expect(findings(change).flatMap((finding) => finding.reasons)).toEqual(reasons)
  })
})
