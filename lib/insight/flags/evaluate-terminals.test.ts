import { describe, expect, test } from "vitest"
import { quietKeyOf, type LiveFlag } from "@/lib/insight/flags/advance"
import { evaluateTerminals } from "@/lib/insight/flags/evaluate-terminals"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { context, healthy, now } from "@/tests/support/terminal-facts"

const silentFlag: LiveFlag = {
  id: 1,
  rule: "silent",
  kind: "maintenance",
  subject: "terminal:7",
  terminalId: 7,
  storeId: 3,
  status: "open",
  sinceAt: now - 9_000_000,
  openedAt: now - 9_000_000,
  closedAt: null,
  evaluatedAt: now - 9_000_000,
  reasons: [],
  holdRuns: 2,
  clearRuns: 0,
}
const evaluate = (change: Partial<TerminalFacts>, live: LiveFlag[], quiet: ReadonlySet<string> = new Set()) =>
  evaluateTerminals([{ ...healthy, ...change }], live, {
    ...context,
    quiet,
  })

test.each<[string, Partial<TerminalFacts>, LiveFlag[], boolean]>([
  ["a flagged terminal with one heartbeat", { normalGaps: 0 }, [silentFlag], true],
  ["a flagged terminal during our own outage", { onlineState: "unknown" }, [silentFlag], true],
  ["a flagged terminal with three heartbeats", {}, [silentFlag], false],
  ["a terminal without a flag", { normalGaps: 0 }, [], false],
  ["a terminal with another flag", { normalGaps: 0 }, [{ ...silentFlag, rule: "self_check" }], false],
  ["a terminal that is a spare now", { normalGaps: 0, status: "spare" }, [silentFlag], false],
])("is recovering, so that each heartbeat counts: %s", (_name, change, live, expected) => {
  expect(evaluate(change, live).looks).toMatchObject([{ terminalId: 7, isRecovering: expected }])
})

test("a terminal that is not active is looked at again when something changes", () => {
  expect(evaluate({ status: "in_repair" }, []).looks).toMatchObject([{ nextLookAt: null }])
  expect(evaluate({ closesAt: now }, []).looks).toMatchObject([{ nextLookAt: null }])
})

test("a flag of a terminal that is not active closes after three evaluations", () => {
  expect(evaluate({ status: "in_repair", onlineState: "unknown" }, [silentFlag]).changed).toMatchObject([
    { status: "open", clearRuns: 1 },
  ])
})

describe("during maintenance", () => {
  const hour = 3_600_000
  const maintenance = [{ from: now - hour, to: now + hour }]

  test("nothing opens, a candidate is dropped, and an open flag begins to clear anew afterwards", () => {
    const candidate: LiveFlag = { ...silentFlag, status: "candidate", openedAt: null }
    const fault = { maintenance, checks: { ...healthy.checks, reader: false } }
    expect(evaluate(fault, []).changed).toEqual([])
    expect(evaluate(fault, [candidate]).changed).toMatchObject([{ status: "closed", openedAt: null }])
    expect(evaluate({ maintenance }, [silentFlag]).changed).toEqual([])
    expect(evaluate({ maintenance }, [{ ...silentFlag, clearRuns: 2 }]).changed).toMatchObject([
      { status: "open", clearRuns: 0 },
    ])
  })

  test("flags are muted until its end, when the terminal is looked at again", () => {
    expect(evaluate({ maintenance }, []).looks).toMatchObject([
      { nextLookAt: now + hour, mutedUntil: now + hour, isRecovering: false },
    ])
  })

  test("that is still to come, the terminal is looked at when it begins", () => {
    const ahead = { maintenance: [{ from: now + hour, to: now + 2 * hour }] }
    expect(evaluate(ahead, []).looks).toMatchObject([{ nextLookAt: now + hour, mutedUntil: null }])
  })
})

const storePosition = { lat: 31.23, lon: 121.47, coordinates: "wgs84" } as const
const fix = (lat: number, accuracyM = 20) => ({ ...storePosition, lat, accuracyM })

test.each<[string, Partial<TerminalFacts>, number]>([
  ["is kept while the terminal sends no position", { storePosition, fixes: [] }, 0],
  ["is kept while its positions are too inaccurate", { storePosition, fixes: [fix(31.23, 900)] }, 0],
  ["is kept while the last position is away", { storePosition, fixes: [fix(31.23), fix(31.3)] }, 0],
  ["waits to close when the terminal is back", { storePosition, fixes: [fix(31.3), fix(31.23)] }, 1],
  ["waits to close when the store has no position", { fixes: [fix(31.3)] }, 1],
])("a flag of a moved terminal %s", (_name, change, clearRuns) => {
  const flag: LiveFlag = { ...silentFlag, rule: "moved" }
  expect(evaluate(change, [flag]).changed).toMatchObject([{ status: "open", clearRuns }])
})

test("a quiet failed self-check does not quiet tampering", () => {
  const quiet = new Set([quietKeyOf({ ...silentFlag, rule: "self_check" })])
  const found = (checks: Partial<TerminalFacts["checks"]>) =>
    evaluate({ checks: { ...healthy.checks, ...checks } }, [], quiet).changed
  expect(found({ reader: false })).toEqual([])
  expect(found({ tamper: true })).toMatchObject([{ rule: "self_check", kind: "replacement" }])
})

test.each([
  ["is kept while the value is between", 88, { clearRuns: 0 }],
  ["waits to close when it is well below", 84, { clearRuns: 1 }],
])("a flag of full storage %s", (_name, storageUsedPct, expected) => {
  const flag: LiveFlag = { ...silentFlag, rule: "storage_full" }
  expect(evaluate({ storageUsedPct }, [flag]).changed).toMatchObject([{ status: "open", ...expected }])
})
