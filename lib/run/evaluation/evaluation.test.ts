import { expect, test } from "vitest"
import { play } from "@/lib/run/evaluation/play"
import { addScores, figuresOf, scoreFlags } from "@/lib/run/evaluation/score-flags"
import { factsOfRun } from "@/lib/run/evaluation/truth"
import { defaults } from "@/lib/run/simulation/world/parameters"
import { makeRun } from "@/lib/run/simulation/world/run"
import { dailySums } from "@/lib/run/simulation/world/sums"

const seeds = [11, 12]

test("200 terminals: most faults are found, and flags are right", { timeout: 240_000 }, () => {
  const scores = seeds.map((seed) => {
    const run = makeRun({ ...defaults, terminals: 200 }, seed)
    const indexOf = new Map(run.fleet.terminals.map(({ serial, index }) => [serial, index]))
    const { flags } = play(run, dailySums(run))
    return scoreFlags(
      factsOfRun(run),
      flags.map(({ of, openedOn }) => ({ terminal: indexOf.get(of.terminal) ?? -1, openedOn })),
    )
  })
  const { precision, recall } = figuresOf(addScores(scores))
  expect(precision).toBeGreaterThanOrEqual(0.88)
  expect(recall).toBeGreaterThanOrEqual(0.7)
})
