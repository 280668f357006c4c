import { describe, expect, test } from "vitest"
import { advance, type LiveFlag } from "@/lib/insight/flags/advance"
import type { Finding } from "@/lib/insight/flags/rules"

const finding: Finding = {
  rule: "silent",
  kind: "maintenance",
  subject: "terminal:1",
  terminalId: 1,
  storeId: 1,
  observedAt: 0,
  dueAt: null,
  reasons: [{ code: "tamper" }],
}

/**
 * Runs a story of evaluations a minute apart; h: the condition holds, c: it is clear, o: clear but not back
 * for good.
 */
function story(runs: string): LiveFlag[] {
  let flags: LiveFlag[] = []
  const closed: LiveFlag[] = []
  ;[...runs].forEach((run, i) => {
    const changed = advance({
      live: flags,
      findings: run === "h" ? [finding] : [],
      stillOut: new Set(run === "o" ? ["silent terminal:1"] : []),
      now: (i + 1) * 60_000,
    })
    flags = changed.filter((flag) => flag.status !== "closed")
    closed.push(...changed.filter((flag) => flag.status === "closed" && flag.openedAt !== null))
  })
  return [...closed, ...flags]
}

describe("the life of a flag", () => {
  test.each([
    ["one evaluation is not enough", "h", ["candidate"]],
    ["a second opens it", "hh", ["open"]],
    ["a blip leaves nothing", "hc", []],
    ["it stays one while the condition holds", "hhhhhhhh", ["open"]],
    ["two clear evaluations do not close it", "hhcc", ["open"]],
    ["three do", "hhccc", ["closed"]],
    ["it does not flap", "hhcchcchcc", ["open"]],
    ["while not back for good it stays", "hhoooooo", ["open"]],
    ["what comes back after closing is a new flag", "hhccchh", ["closed", "open"]],
  ])("%s", (_name, runs, statuses) => {
    expect(story(runs).map((flag) => flag.status)).toEqual(statuses)
  })

  test("the same instant twice changes nothing", () => {
    const [candidate] = advance({ live: [], findings: [finding], stillOut: new Set(), now: 1 })
    expect(
      advance({ live: candidate ? [candidate] : [], findings: [finding], stillOut: new Set(), now: 1 }),
    ).toEqual([])
  })
})

describe("since when", () => {
  const next = (live: LiveFlag[], change: Partial<Finding>, now: number) =>
    advance({ live, findings: [{ ...finding, ...change }], stillOut: new Set(), now })
  const sinceOf = (flags: LiveFlag[]) => flags.map(({ sinceAt }) => sinceAt)

  test("what was observed first stays", () => {
    const first = next([], { observedAt: 100 }, 1_000)
    expect(sinceOf(first)).toEqual([100])
    expect(sinceOf(next(first, { observedAt: 900 }, 2_000))).toEqual([100])
  })

  test("a day that was set counts before that, and follows when another is set", () => {
    const first = next([], { observedAt: 1_000, dueAt: 300 }, 1_000)
    expect(sinceOf(first)).toEqual([300])
    const moved = next(first, { observedAt: 2_000, dueAt: 500 }, 2_000)
    expect(sinceOf(moved)).toEqual([500])
    expect(sinceOf(next(moved, { observedAt: 3_000, dueAt: null }, 3_000))).toEqual([500])
  })
})
