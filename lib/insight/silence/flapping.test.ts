import { describe, expect, test } from "vitest"
import type { OnlineState } from "@/lib/fleet/terminals/words"
import {
  flapsAfter,
  flapsAt,
  isSiteFlapping,
  isSteady,
  sitesFlapping,
  steadyFrom,
  type Flaps,
} from "@/lib/insight/silence/flapping"

const hour = 3_600_000
const never: Flaps = { flaps: 0, at: null }

/** After going silent at these hours. */
const after = (...hours: number[]): Flaps =>
  hours.reduce((flaps, at) => flapsAfter(flaps, { from: "online", to: "suspect", now: at * hour }), never)

describe("how often a terminal fell silent", () => {
  test("counts half after six hours", () => {
    expect(flapsAt(after(0), 6 * hour)).toBe(0.5)
    expect(flapsAt(after(0, 6), 6 * hour)).toBe(1.5)
    expect(flapsAt(never, 6 * hour)).toBe(0)
  })

  test.each<[OnlineState, OnlineState, number]>([
    ["late", "suspect", 1],
    ["late", "offline", 1],
    ["online", "late", 0],
    ["suspect", "offline", 0],
    ["offline", "online", 0],
    ["unknown", "offline", 0],
  ])("from %s to %s adds %i", (from, to, added) => {
    expect(flapsAfter(never, { from, to, now: 0 }).flaps).toBe(added)
  })

  test("is little again when it has been steady", () => {
    const flaps = flapsAt(after(0, 1, 2, 3), 3 * hour)
    const steady = steadyFrom(flaps, 3 * hour)
    expect(isSteady(flaps)).toBe(false)
    expect(flapsAt(after(0, 1, 2, 3), steady)).toBeCloseTo(1)
  })
})

test.each([
  ["without others", [], false],
  ["half of the others", [2.5, 0.1], true],
  ["fewer", [2.5, 0, 1.9], false],
])("a store flaps: %s", (_name, others, expected) => expect(isSiteFlapping(others)).toBe(expected))

test("of each terminal of a store it is said whether the others flap", () => {
  expect(sitesFlapping([])).toEqual([])
  expect(sitesFlapping([3])).toEqual([false])
  expect(sitesFlapping([2.5, 0.1])).toEqual([false, true])
  expect(sitesFlapping([2.5, 0.1, 3])).toEqual([true, true, true])
  expect(sitesFlapping([2.5, 0.1, 0])).toEqual([false, true, true])
})
