import { expect, test } from "vitest"
import type { LiveFlag } from "@/lib/insight/flags/advance"
import { clockAt } from "@/lib/insight/flags/clock"
import { evaluateTerminals } from "@/lib/insight/flags/evaluate-terminals"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { healthy, now } from "@/tests/support/terminal-facts"

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
const evaluate = (change: Partial<TerminalFacts>, live: LiveFlag[]) =>
  evaluateTerminals([{ ...healthy, ...change }], live, {
    policies: [],
    clock: clockAt(now),
    hasSales: true,
    quiet: new Set(),
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

test.each([
  ["is kept while the value is between", 88, { clearRuns: 0 }],
  ["waits to close when it is well below", 84, { clearRuns: 1 }],
])("a flag of full storage %s", (_name, storageUsedPct, expected) => {
  const flag: LiveFlag = { ...silentFlag, rule: "storage_full" }
  expect(evaluate({ storageUsedPct }, [flag]).changed).toMatchObject([{ status: "open", ...expected }])
})
