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
 * Runs evaluations a minute apart, one a letter: h, the condition holds; c, it is clear; o, it is clear but
 * the terminal has not recovered.
 */
function flagsAfter(runs: string): LiveFlag[] {
  let flags: LiveFlag[] = []
  const closed: LiveFlag[] = []
  ;[...runs].forEach((run, i) => {
    const changed = advance({
      live: flags,
      findings: run === "h" ? [finding] : [],
      notRecovered: new Set(run === "o" ? ["silent terminal:1"] : []),
      now: (i + 1) * 60_000,
    })
    flags = changed.filter((flag) => flag.status !== "closed")
    closed.push(...changed.filter((flag) => flag.status === "closed" && flag.openedAt !== null))
  })
  return [...closed, ...flags]
}

describe("a flag", () => {
  test.each([
    ["is a candidate after one evaluation", "h", ["candidate"]],
    ["opens at the second evaluation", "hh", ["open"]],
    ["leaves nothing when the condition held only once", "hc", []],
    ["stays one flag while the condition holds", "hhhhhhhh", ["open"]],
    ["stays open after two clear evaluations", "hhcc", ["open"]],
    ["closes after three clear evaluations", "hhccc", ["closed"]],
    ["stays open when the condition comes back before the third", "hhcchcchcc", ["open"]],
    ["stays open until the terminal has recovered", "hhoooooo", ["open"]],
    ["is a new one when the condition comes back after closing", "hhccchh", ["closed", "open"]],
  ])("%s", (_name, runs, statuses) => {
    expect(flagsAfter(runs).map((flag) => flag.status)).toEqual(statuses)
  })

  test("does not change when the same instant is evaluated twice", () => {
    const [candidate] = advance({ live: [], findings: [finding], notRecovered: new Set(), now: 1 })
    expect(
      advance({ live: candidate ? [candidate] : [], findings: [finding], notRecovered: new Set(), now: 1 }),
    ).toEqual([])
  })
})

describe("sinceAt", () => {
  const next = (live: LiveFlag[], change: Partial<Finding>, now: number) =>
    advance({ live, findings: [{ ...finding, ...change }], notRecovered: new Set(), now })
  const sinceOf = (flags: LiveFlag[]) => flags.map(({ sinceAt }) => sinceAt)

  test("keeps the first observation", () => {
    const first = next([], { observedAt: 100 }, 1_000)
    expect(sinceOf(first)).toEqual([100])
    expect(sinceOf(next(first, { observedAt: 900 }, 2_000))).toEqual([100])
  })

  test("is the due date where there is one, and follows it when it moves", () => {
    const first = next([], { observedAt: 1_000, dueAt: 300 }, 1_000)
    expect(sinceOf(first)).toEqual([300])
    const moved = next(first, { observedAt: 2_000, dueAt: 500 }, 2_000)
    expect(sinceOf(moved)).toEqual([500])
    expect(sinceOf(next(moved, { observedAt: 3_000, dueAt: null }, 3_000))).toEqual([500])
  })
})
