import { expect, test } from "vitest"
import { isSiteSilent, isSiteUp, type Neighbour } from "@/lib/insight/silence/site"

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
