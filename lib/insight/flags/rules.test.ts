import { describe, expect, test } from "vitest"
import { isJudged, type Policy, type TerminalFacts } from "@/lib/insight/flags/facts"
import { rules, type Finding } from "@/lib/insight/flags/rules"

const at = (text: string) => Date.parse(text)
/** Wednesday the 25th in Shanghai already, Tuesday the 24th in UTC and New York still. */
const now = at("2026-11-24T17:00:00Z")
const alwaysOpen = { zone: "Asia/Shanghai", hours: {}, exceptions: {}, closedOn: null }

const healthy: TerminalFacts = {
  terminalId: 7,
  storeId: 3,
  status: "active",
  calendar: alwaysOpen,
  lastBeatAt: now - 60_000,
  lastReceivedAt: now - 60_000,
  intervalSeconds: 900,
  onlineState: "online",
  steadyBeats: 3,
  checks: { pinpad: true, reader: true, security: true, tamper: false },
  versions: {
    os: "10",
    firmware: "3.0",
    app: "5.10.0",
    emvKernel: "4.3k",
    securityPatch: "2026-08-05",
  },
  model: { id: 1, name: "M3", useEndOn: null },
}

const findings = (change: Partial<TerminalFacts>, policies: Policy[] = []): Finding[] =>
  rules.flatMap((rule) => rule.evaluate({ terminals: [{ ...healthy, ...change }], policies }, now))

test("nothing is found at a healthy terminal, nor in an empty fleet", () => {
  expect(findings({})).toEqual([])
  expect(rules.flatMap((rule) => rule.evaluate({ terminals: [], policies: [] }, now))).toEqual([])
})

test("a finding names its terminal, its store and the evidence's time", () => {
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
  "whether a terminal is judged that is %s",
  (status) => expect(isJudged({ ...healthy, status }, now)).toBe(status === "active"),
)

test.each([
  ["open until today in the store's zone", "2026-11-26", true],
  ["closed for good since today in the store's zone", "2026-11-25", false],
  ["closed for good long ago", "2026-01-01", false],
])("whether a terminal is judged whose store is %s", (_name, closedOn, expected) =>
  expect(isJudged({ ...healthy, calendar: { ...alwaysOpen, closedOn } }, now)).toBe(expected),
)

describe("silent", () => {
  const week = Object.fromEntries(
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["00:00", "24:00"]]]),
  )
  const silentFor = (seconds: number, change: Partial<TerminalFacts> = {}) =>
    findings({
      onlineState: "offline",
      calendar: { ...alwaysOpen, hours: week },
      lastBeatAt: now - seconds * 1000,
      lastReceivedAt: now - seconds * 1000,
      ...change,
    })

  test("says since when, for how many open minutes, and what its rhythm is", () => {
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

  test("without opening hours counts whole hours", () => {
    expect(
      silentFor(25 * 3600 + 3599, { calendar: { ...alwaysOpen, hours: null }, intervalSeconds: 89 }),
    ).toMatchObject([{ reasons: [{ code: "silent_unknown_hours", hours: 25, intervalMinutes: 1 }] }])
  })

  test("takes a quarter of an hour where no rhythm is learnt yet", () => {
    expect(silentFor(9_000, { intervalSeconds: null })).toMatchObject([
      { reasons: [{ openMinutes: 150, intervalMinutes: 15 }] },
    ])
  })

  test("counts from when we heard of it by our clock, and names the beat by its own corrected time", () => {
    expect(silentFor(7_200, { lastBeatAt: now - 9_000_000 })).toMatchObject([
      {
        observedAt: now - 9_000_000,
        reasons: [{ lastBeatAt: "2026-11-24T14:30:00.000Z", openMinutes: 120 }],
      },
    ])
  })

  test.each(["online", "late", "suspect", "unknown"] as const)("is not said of one that is %s", (state) => {
    expect(silentFor(90_000, { onlineState: state })).toEqual([])
  })

  test("is not said of one that never sent a heartbeat", () => {
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

  test("that says nothing finds nothing", () => {
    expect(findings({ checks: { pinpad: null, reader: null, security: null, tamper: null } })).toEqual([])
  })

  test.each([
    ["of a terminal without a beat is as of now", null, now],
    ["of a clock that is ahead is as of now", now + 90_000, now],
    ["is as of the beat that said so", now - 5_000, now - 5_000],
  ])("%s", (_name, lastBeatAt, expected) => {
    expect(findings({ lastBeatAt, checks: { ...healthy.checks, tamper: true } })).toMatchObject([
      { observedAt: expected, dueAt: null },
    ])
  })
})

describe("a release behind policy", () => {
  const app: Policy = { modelId: null, component: "app", minimum: "5.11.0", dueOn: null }
  const due = (day: string, change: Partial<Policy> = {}): Policy => ({ ...app, dueOn: day, ...change })
  const startOf = (day: string) => at(`${day}T00:00:00+08:00`)

  test("says which component, what runs and what is the least", () => {
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
    ["of no date", [app], null],
    ["of a day that has come", [due("2026-11-01")], startOf("2026-11-01")],
    [
      "of two days, the earlier",
      [due("2026-11-20"), due("2026-11-10", { component: "os", minimum: "11" })],
      startOf("2026-11-10"),
    ],
    [
      "another model's is not counted",
      [due("2026-11-20"), due("2026-01-01", { modelId: 2 })],
      startOf("2026-11-20"),
    ],
    [
      "one that it keeps is not counted",
      [due("2026-11-20"), due("2026-01-01", { minimum: "5.9" })],
      startOf("2026-11-20"),
    ],
    ["one that is not due yet is not counted", [due("2026-11-20"), due("2026-12-01")], startOf("2026-11-20")],
    [
      "another model's is not counted beside one without a date",
      [app, due("2026-01-01", { modelId: 2 })],
      null,
    ],
    ["its own model's is", [due("2026-11-20", { modelId: 1 })], startOf("2026-11-20")],
  ])("is due since the policy's day: %s", (_name, policies, dueAt) => {
    expect(findings({}, policies)).toMatchObject([{ rule: "release_behind", dueAt }])
  })

  test.each([
    ["2026-11-24", "Asia/Shanghai", true],
    ["2026-11-25", "Asia/Shanghai", true],
    ["2026-11-26", "Asia/Shanghai", false],
    ["2026-11-24", "America/New_York", true],
    ["2026-11-25", "America/New_York", false],
  ])("due on %s in a store of %s: %s", (day, zone, isDue) => {
    const found = findings({ calendar: { ...alwaysOpen, zone } }, [due(day)])
    expect(found).toHaveLength(isDue ? 1 : 0)
  })

  test("a day begins in the store's zone", () => {
    const inNewYork = { ...alwaysOpen, zone: "America/New_York" }
    expect(findings({ calendar: inNewYork }, [due("2026-11-20")])).toMatchObject([
      { dueAt: at("2026-11-20T00:00:00-05:00") },
    ])
  })

  test.each<[string, Policy, Partial<TerminalFacts>]>([
    ["the component is not reported", app, { versions: { ...healthy.versions, app: null } }],
    ["the least version runs", { ...app, minimum: "5.10.0" }, {}],
    ["a newer one runs", { ...app, minimum: "5.9.12" }, {}],
    ["the policy is another model's", { ...app, modelId: 2 }, {}],
    ["the policy is a model's and the terminal's is not known", { ...app, modelId: 1 }, { model: null }],
    ["the version has no number", app, { versions: { ...healthy.versions, app: "未知" } }],
    ["the version is empty", app, { versions: { ...healthy.versions, app: "" } }],
    ["the least version has no number", { ...app, minimum: "newest" }, {}],
  ])("is not said where %s", (_name, policy, change) => {
    expect(findings(change, [policy])).toEqual([])
  })
})

describe("a model's end of use", () => {
  const ending = (useEndOn: string | null, zone = "Asia/Shanghai") =>
    findings({ model: { id: 1, name: "M3", useEndOn }, calendar: { ...alwaysOpen, zone } })

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

  test("is counted from the store's own day", () => {
    expect(ending("2026-11-25", "America/New_York")).toMatchObject([
      { reasons: [{ code: "use_end_near", days: 1 }] },
    ])
  })

  test.each([["2027-11-26"], [null]])("on %s is no news yet", (on) => expect(ending(on)).toEqual([]))

  test("is not known of a terminal without a model", () => {
    expect(findings({ model: null })).toEqual([])
  })
})
