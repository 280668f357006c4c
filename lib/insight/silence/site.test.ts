import fc from "fast-check"
import { expect, test } from "vitest"
import { isSiteSilent, isSiteUp, silentWithSite, type Neighbour } from "@/lib/insight/silence/site"

const now = Date.parse("2026-11-25T04:00:00Z")
const hour = 3_600_000
const of = (state: Neighbour["state"], hoursAgo = 1): Neighbour => ({ state, since: now - hoursAgo * hour })

test.each([
  ["nobody else", [], false],
  ["one other that is silent", [of("late")], true],
  ["one other that is not", [of("online")], false],
  ["half of the others", [of("suspect"), of("online")], true],
  ["fewer than half of them", [of("offline"), of("online"), of("online")], false],
  ["others of which nothing is known", [of("unknown")], false],
  ["another that has been offline for days", [of("offline", 50)], false],
  ["one of two, without one that has been offline for days", [of("offline", 50), of("late")], true],
])("a store with %s", (_name, others, expected) =>
  expect(isSiteSilent(others, { since: now - hour, now })).toBe(expected),
)

// A holiday of days, and a store that has closed for good.
test.each([
  ["all others, which became offline with it", [of("offline", 91), of("offline", 80)], true],
  ["one other that sells again", [of("offline", 91), of("online")], false],
  ["another that became offline days later", [of("offline", 40)], false],
])("four days after a terminal became offline, a store with %s", (_name, others, expected) =>
  expect(isSiteSilent(others, { since: now - 96 * hour, now })).toBe(expected),
)

test("all terminals of a store at once are judged as one by one", () => {
  const states = ["online", "late", "suspect", "offline", "unknown"] as const
  const terminal = fc.record({
    state: fc.constantFrom(...states, "offline" as const),
    since: fc.oneof(
      fc.constant(null),
      fc.integer({ min: 0, max: 12 }).map((steps) => now - steps * 12 * hour),
      fc.integer({ min: now - 120 * hour, max: now }),
    ),
  })
  fc.assert(
    fc.property(fc.array(terminal, { maxLength: 9 }), (site) => {
      const oneByOne = site.filter((one) => {
        const others = site.filter((other) => other !== one)
        return one.state === "offline" && isSiteSilent(others, { since: one.since ?? now, now })
      })
      expect(silentWithSite(site, now)).toEqual(oneByOne)
    }),
    { numRuns: 500 },
  )
})

test("a store of many terminals takes no longer for each", () => {
  const site = Array.from({ length: 50_000 }, (_, i) => of("offline", i % 7))
  expect(silentWithSite(site, now)).toHaveLength(50_000)
})

const opened = now - hour
const lately = now - 60_000
const on = { ...of("online"), lastSignAt: lately, lastSaleAt: null }
const selling = { ...on, lastSaleAt: lately }
const notYet = { ...of("online"), lastSignAt: opened - hour, lastSaleAt: opened - hour }
test.each([
  ["nobody else", [], false],
  ["one other that sells", [selling], true],
  ["others that are on, but do not sell", [on, { ...on, lastSaleAt: opened - hour }], false],
  ["one other that does not count as silent yet", [notYet], false],
  ["half of the others up", [selling, notYet], false],
  ["most of them up", [selling, on, notYet], true],
  [
    "another that sells, without one that has been offline for days",
    [selling, { ...notYet, ...of("offline", 25) }],
    true,
  ],
])("a store has opened with %s", (_name, others, expected) =>
  expect(isSiteUp(others, { opened, now })).toBe(expected),
)
