import { describe, expect, test } from "vitest"
import { advance, type LiveFlag } from "@/lib/insight/flags/advance"
import type { Finding } from "@/lib/insight/flags/rules"

const finding: Finding = {
  rule: "silent",
  kind: "maintenance",
  subject: "terminal:1",
  terminalId: 1,
  storeId: 1,
  sinceAt: 0,
  reasons: [{ code: "tamper" }],
}

/** Runs a story of evaluations a minute apart; h: the condition holds, c: it is clear, o: clear but not back for good. */
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
