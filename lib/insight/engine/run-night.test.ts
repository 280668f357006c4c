import { deserialize, serialize } from "node:v8"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { runNight } from "@/lib/insight/engine/run-night"
import { emptyState, type EngineState } from "@/lib/insight/engine/state"
import { counter, healthy, nightOf, played, type Extra, type Story } from "@/tests/support/played-nights"

describe("ten terminals from their first day", () => {
  const small = { terminals: 10, perStore: 5 }

  test("have no flag while they are healthy", () => {
    for (const seed of [1, 2, 3]) expect(played({ ...small, extra: healthy }, 40, seed).flags).toEqual([])
  })

  test("a chip reader that breaks on the fourth day is found within a week", () => {
    const extra: Extra = (i, kind, day) => (i === 3 && kind === "chip" && day >= 3 ? 5 : 0)
    const [flag, ...others] = played({ ...small, extra }, 12).flags
    expect(flag).toMatchObject({ terminal: "T3", component: "chip" })
    expect(flag?.openedOn).toBeLessThan(10)
    expect(others).toEqual([])
  })
})

describe("a fault", () => {
  const fleet = { terminals: 60, perStore: 3 }

  test.each([
    ["tech", "communication"],
    ["contactless", "contactless"],
    ["magstripe", "magstripe"],
    ["keys", "keys"],
    ["pin", "pinpad"],
    ["expired", "clock"],
  ] as const)("of %s is told as %s", (kind, component) => {
    const extra: Extra = (i, one, day) => (i === 7 && one === kind && day >= 5 ? 5 : 0)
    const { flags } = played({ ...fleet, extra }, 16)
    expect(flags.map((flag) => [flag.terminal, flag.component])).toEqual([["T7", component]])
    expect(flags[0]?.ratio).toBeGreaterThan(1.5)
    expect(flags[0]?.interval[0]).toBeGreaterThan(1)
  })

  test("that makes a terminal slow is told as speed, and a line that slows a whole store is nobody's", () => {
    const slowSales = (i: number, day: number) => (day >= 5 && (i === 7 || (i >= 30 && i < 33)) ? 30 : 0)
    const { flags } = played({ ...fleet, extra: healthy, slowSales }, 30)
    expect(flags.map((flag) => [flag.terminal, flag.component])).toEqual([["T7", "speed"]])
  })

  test("that begins slowly is found against the terminal's own history", () => {
    const extra: Extra = (i, kind, day) => (i === 7 && kind === "chip" && day >= 40 ? (day - 40) * 0.1 : 0)
    expect(played({ ...fleet, extra }, 75).flags).toMatchObject([{ terminal: "T7", component: "chip" }])
  })

  test("that is repaired closes its flag", () => {
    const extra: Extra = (i, kind, day) => (i === 7 && kind === "chip" && day >= 5 && day < 20 ? 5 : 0)
    const { closed, state } = played({ ...fleet, extra }, 45)
    expect(closed).toMatchObject([{ terminal: "T7" }])
    expect(state.flags.size).toBe(0)
  })

  describe("beside an outage of its store in the same days", () => {
    const beside = ({ fault, outage, seed }: { fault: number; outage: number; seed: number }) => {
      const extra: Extra = (i, kind, day) => {
        if (i === 7 && kind === "chip" && day >= 8) return fault
        return i >= 6 && i <= 8 && kind === "tech" && day === 9 ? outage : 0
      }
      return played({ ...fleet, extra }, 20, seed)
    }
    const sizes = (smallest: number) =>
      fc.record({
        fault: fc.integer({ min: 4, max: 12 }),
        outage: fc.integer({ min: smallest, max: 25 }),
        seed: fc.integer({ min: 1, max: 1000 }),
      })

    test("is not swallowed, whatever their sizes", () => {
      fc.assert(
        fc.property(sizes(6), (story) => {
          const flagged = beside(story).flags.map(({ terminal, component }) => [terminal, component])
          expect(flagged).toContainEqual(["T7", "chip"])
        }),
        { numRuns: 20 },
      )
    })

    // Fewer failures a terminal may pass as a bad day of the store.
    test("leaves the outage an incident if it is large enough", () => {
      fc.assert(
        fc.property(sizes(10), (story) => {
          expect(beside(story).incidents).toEqual([{ cls: "store network", store: "S2" }])
        }),
        { numRuns: 20 },
      )
    })
  })
})

describe("errors that a reader counts", () => {
  const flagsWith = (chipErrors: (terminal: number, day: number) => number) =>
    played({ terminals: 30, perStore: 3, extra: healthy, chipErrors }, 45).flags

  test("on single days may be of one worn card", () => {
    expect(flagsWith((i, day) => (i === 4 && (day === 34 || day === 36) ? 18 : 0))).toEqual([])
  })

  test("day after day are the reader's", () => {
    expect(flagsWith((i, day) => (i === 4 && day >= 34 ? 6 : 0))).toMatchObject([
      { terminal: "T4", component: "chip" },
    ])
  })
})

describe("a bad line of a store with one terminal", () => {
  const lineOf = (days: number) => {
    const extra: Extra = (i, kind, day) =>
      i === 4 && kind === "tech" && day >= 10 && day < 10 + days ? 8 : 0
    return played({ terminals: 30, perStore: 1, extra }, 25)
  }

  test("is the store's while it may soon be mended", () => {
    const { flags, incidents } = lineOf(3)
    expect(incidents).toEqual([{ cls: "store network", store: "S4" }])
    expect(flags).toEqual([])
  })

  test("is the terminal's or the store's when it goes on", () => {
    expect(lineOf(12).flags).toMatchObject([{ terminal: "T4", component: "communication", isAlone: true }])
  })
})

describe("a terminal whose line was cut once", () => {
  const flagsOf = (again: (day: number) => number) => {
    const extra: Extra = (i, kind, day) => (i === 4 && kind === "tech" ? (day === 34 ? 20 : again(day)) : 0)
    return [1, 2, 3].flatMap((seed) => played({ terminals: 30, perStore: 3, extra }, 45, seed).flags)
  }

  test("has no flag for it, and none for a stray failure after it", () => {
    expect(flagsOf((day) => (day === 36 ? 1 : 0))).toEqual([])
  })

  test("has a flag when it is cut again and again", () => {
    const flags = flagsOf((day) => (day > 34 && day % 2 === 0 ? 5 : 0))
    expect(flags.map(({ terminal }) => terminal)).toEqual(["T4", "T4", "T4"])
  })
})

test("a carrier's outage is one incident, also where stores have other lines, and no terminal's flag", () => {
  const isMobile = (i: number) => i % 3 === 1
  const { flags, incidents } = played(
    {
      terminals: 30,
      perStore: 3,
      facts: (i) => ({ carrier: isMobile(i) ? "Mobile" : "" }),
      extra: (i, kind, day) => (kind === "tech" && isMobile(i) && day === 34 ? 15 : 0),
    },
    45,
  )
  expect(incidents).toEqual([{ cls: "carrier", carrier: "Mobile" }])
  expect(flags).toEqual([])
})

test("a terminal without its keys has a flag of its keys alone, and its store's line is not bad", () => {
  const extra: Extra = (i, kind, day) => (i === 4 && kind === "keys" && day >= 34 ? 9 : 0)
  const { flags, incidents } = played({ terminals: 30, perStore: 1, extra }, 45)
  expect(flags.map(({ terminal, component }) => [terminal, component])).toEqual([["T4", "keys"]])
  expect(incidents).toEqual([])
})

test("a bad release is one incident and no terminal's flag", () => {
  const isNew = (i: number, day: number) => i % 3 === 0 && day >= 10
  const story: Story = {
    terminals: 120,
    perStore: 4,
    extra: (i, kind, day) => (kind === "contactless" && isNew(i, day) ? 1.2 : 0),
    facts: (i, day) => ({ releases: { firmware: isNew(i, day) ? "2.0" : "1.0" } }),
  }
  const { flags, incidents } = played(story, 25)
  expect(incidents).toEqual([{ cls: "firmware", model: "P1", release: "firmware:2.0" }])
  expect(flags).toEqual([])
})

test("terminals may come, go and move", () => {
  const story: Story = {
    terminals: 30,
    perStore: 3,
    extra: (i, kind, day) => (i === 4 && kind === "chip" && day >= 12 ? 5 : 0),
    facts: (i, day) => ({ store: i === 4 && day >= 6 ? "S9" : `S${Math.floor(i / 3)}` }),
  }
  const draw = counter(5)
  let state = emptyState()
  const flags: string[] = []
  for (let day = 0; day < 20; day += 1) {
    const night = nightOf(story, day, draw)
    const isHere = (id: string) => (day < 8 ? id !== "T29" : id !== "T0")
    const result = runNight(state, {
      ...night,
      terminals: night.terminals.filter(({ id }) => isHere(id)).toReversed(),
      sums: [...night.sums].filter(({ terminal }) => isHere(terminal)),
    })
    state = result.state
    flags.push(...result.flagsOpened.map(({ terminal }) => terminal))
  }
  expect(flags).toEqual(["T4"])
  expect(state.ids).toHaveLength(29)
})

test("the state can be stored between nights", () => {
  const story: Story = {
    terminals: 12,
    perStore: 3,
    extra: (i, kind, day) => (i === 3 && kind === "chip" && day >= 6 ? 5 : 0),
  }
  const stored = played(story, 20, 3, {
    between: (state) => deserialize(serialize(state)) as EngineState,
  })
  const kept = played(story, 20, 3)
  expect(stored.flags).toEqual(kept.flags)
  expect(stored.state).toEqual(kept.state)
})
