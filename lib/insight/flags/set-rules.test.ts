import { describe, expect, test } from "vitest"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { findingsOf } from "@/lib/insight/flags/rules"
import { context, healthy, now, settings } from "@/tests/support/terminal-facts"

const dayMs = 86_400_000
const findings = (change: Partial<TerminalFacts>) => findingsOf({ ...healthy, ...change }, context)

describe("a terminal without sales", () => {
  const daysAgo = (days: number) => now - days * dayMs

  test.each<[string, Partial<TerminalFacts>, string | null]>([
    ["for 91 days", { lastSaleAt: daysAgo(91) }, null],
    ["for three months", { lastSaleAt: daysAgo(92) }, "idle"],
    ["for a year", { lastSaleAt: daysAgo(365) }, "idle_long"],
    ["since it went into service", { lastSaleAt: null, activeSince: daysAgo(100) }, "idle"],
    ["and new", { lastSaleAt: null, activeSince: daysAgo(10) }, null],
    ["and recorded lately", { lastSaleAt: null, activeSince: 0, knownSince: daysAgo(10) }, null],
    ["but for a while a spare", { lastSaleAt: daysAgo(200), activeSince: daysAgo(20) }, null],
  ])("%s", (_name, change, code) => {
    expect(findings(change).map(({ reasons }) => reasons[0].code)).toEqual(code === null ? [] : [code])
  })

  test("is idle after the months that the organisation has set", () => {
    const set = { ...settings, idleMonths: 1, idleLongMonths: 3 }
    const codes = [20, 40, 100].map((days) =>
      findingsOf({ ...healthy, lastSaleAt: daysAgo(days) }, { ...context, settings: set }).map(
        ({ reasons }) => reasons[0].code,
      ),
    )
    expect(codes).toEqual([[], ["idle"], ["idle_long"]])
  })

  test("is not accused where no sales come in at all", () => {
    const without = { ...context, hasSales: false }
    expect(findingsOf({ ...healthy, lastSaleAt: daysAgo(400) }, without)).toEqual([])
  })
})

describe("a terminal away from its store", () => {
  const store = { lat: 31.23, lon: 121.47, coordinates: "wgs84" } as const
  const north = (metres: number) => ({ ...store, lat: store.lat + metres / 111_195, accuracyM: 20 })

  test.each<[string, number[], boolean]>([
    ["with three positions", [900, 910, 905], true],
    ["with two positions", [910, 905], false],
    ["that came back", [900, 910, 20], false],
  ])("%s", (_name, metres, expected) => {
    const found = findings({ storePosition: store, fixes: metres.map(north) })
    expect(found.map(({ rule }) => rule)).toEqual(expected ? ["moved"] : [])
  })

  test("is not judged where the store has no position", () => {
    expect(findings({ fixes: [900, 910, 905].map(north) })).toEqual([])
  })

  test("may be as far away as the organisation has set", () => {
    const terminal = { ...healthy, storePosition: store, fixes: [900, 910, 905].map(north) }
    const wide = { ...settings, movedRadiusM: 1_000 }
    expect(findingsOf(terminal, { ...context, settings: wide })).toEqual([])
    expect(findingsOf(terminal, context)).toHaveLength(1)
  })
})
