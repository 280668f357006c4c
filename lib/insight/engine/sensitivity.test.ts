import { describe, expect, test } from "vitest"
import { sensitivities } from "@/lib/access/organisation/words"
import type { Flag } from "@/lib/insight/engine/flag"
import { stepOf } from "@/lib/insight/engine/terms/settings"
import { played, type Extra, type Story } from "@/tests/support/played-nights"

/** Chip readers and lines that are worse than others by a little more from terminal to terminal. */
const extra: Extra = (i, kind, day) =>
  day >= 5 && i % 3 === 0 && kind === (i % 2 === 0 ? "chip" : "contactless") ? i * 0.03 : 0
const story: Story = { terminals: 90, perStore: 3, extra }
const nights = 20

const named = (flags: readonly Flag[]) =>
  flags.map(({ terminal, component, openedOn }) => `${terminal} ${component} ${openedOn}`).toSorted()

describe("how sure a night is to be", () => {
  const runs = sensitivities.map((sensitivity) => ({
    step: stepOf[sensitivity],
    ...played(story, nights, 1, { sensitivity }),
  }))

  test("decides how many flags open, and how soon", () => {
    const [high = 0, normal = 0, low = 0] = runs.map(({ flags }) => flags.length)
    expect(high).toBeGreaterThan(normal)
    expect(normal).toBeGreaterThan(low)
    expect(low).toBeGreaterThan(0)
  })

  test("is rehearsed for every setting, whatever is set", () => {
    for (const { rehearsed } of runs)
      for (const { step, flags } of runs) expect(named(rehearsed[step] ?? [])).toEqual(named(flags))
  })

  test("is a step more for tightened components alone", () => {
    const { flags } = played(story, nights, 1, { tightened: new Set(["chip"]) })
    const of = (all: readonly Flag[] | undefined, isChip: boolean) =>
      named((all ?? []).filter(({ component }) => (component === "chip") === isChip))
    expect(of(flags, true)).toEqual(of(runs[2]?.flags, true))
    expect(of(flags, false)).toEqual(of(runs[1]?.flags, false))
  })
})

test("a repaired fault is one flag in every rehearsal", () => {
  const broken: Extra = (i, kind, day) => (i === 7 && kind === "chip" && day >= 5 && day < 20 ? 5 : 0)
  const { rehearsed } = played({ terminals: 60, perStore: 3, extra: broken }, 60)
  for (const flags of rehearsed)
    expect(flags.filter(({ terminal }) => terminal === "T7").map(({ component }) => component)).toEqual([
      "chip",
    ])
})
