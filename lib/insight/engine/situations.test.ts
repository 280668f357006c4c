import { describe, expect, test } from "vitest"
import { components, type Component } from "@/lib/insight/engine/terms/signals"
import { healthy, played, type Story } from "@/tests/support/played-nights"

const ill = 7
const begins = 5
const isIll = (i: number, day: number) => i === ill && day >= begins

const failing = (kind: Parameters<Story["extra"]>[1]): Partial<Story> => ({
  extra: (i, one, day) => (one === kind && isIll(i, day) ? 5 : 0),
})

/** How each component goes wrong. */
const faults: Record<Component, Partial<Story>> = {
  communication: failing("tech"),
  chip: failing("chip"),
  contactless: failing("contactless"),
  magstripe: failing("magstripe"),
  keys: failing("keys"),
  pinpad: failing("pin"),
  clock: failing("expired"),
  app: { crashes: (i, day) => (isIll(i, day) ? 5 : 0) },
  speed: { slowSales: (i, day) => (isIll(i, day) ? 30 : 0) },
}

describe.each(components)("a fault of %s", (component) => {
  const play = (story: Partial<Story>, days = 30) =>
    played({ terminals: 60, perStore: 3, extra: healthy, ...faults[component], ...story }, days)
  const found = { terminal: `T${ill}`, component }

  test("is flagged once in a fleet of ten", () => {
    expect(play({ terminals: 10, perStore: 5 }).flags).toMatchObject([found])
  })

  test("is flagged once, and the flag goes with its terminal to another store", () => {
    const moved = play({ facts: (i, day) => (i === ill && day >= 25 ? { store: "S15" } : {}) })
    expect(moved.flags).toMatchObject([found])
    expect([...moved.state.flags.values()]).toMatchObject([found])
  })

  test("ends with the terminal's service, and its replacement has none", () => {
    const replacement = 60
    const swapped = play({
      terminals: 61,
      facts: (i) => (i === replacement ? { store: "S2" } : {}),
      isThere: (i, day) => (i === ill ? day < 25 : i !== replacement || day >= 25),
    })
    expect(swapped.flags).toMatchObject([found])
    expect(swapped.state.flags.size).toBe(0)
  })
})
