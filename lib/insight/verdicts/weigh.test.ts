import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { excessOf, noneSeen } from "@/lib/insight/verdicts/excess"
import { failureKinds, type FailureKind } from "@/lib/insight/verdicts/kind"
import { comparisons, ofTerminal, ratios } from "@/lib/insight/verdicts/likelihoods"
import { usualShares, verdictCauses } from "@/lib/insight/verdicts/priors"
import type { Surroundings } from "@/lib/insight/verdicts/surroundings"
import { weigh } from "@/lib/insight/verdicts/weigh"
import { evidenceCodes } from "@/lib/insight/verdicts/words"

const quiet: Surroundings = {
  terminal: { near: noneSeen, wide: noneSeen },
  operator: null,
  counters: null,
  otherReaders: null,
  store: { near: noneSeen, wide: noneSeen, minutes: noneSeen, terminals: 0, worked: 0 },
  issuer: null,
  acquirer: null,
  release: null,
  spill: null,
  card: null,
  retry: { failed: 0, worked: false },
  othersWorked: 0,
  hostReached: null,
  secondsSinceSignIn: null,
  clockOffsetMs: 0,
  tvr: null,
  reversalReason: null,
  said: null,
  events: {},
}
const many = { observed: 12, expected: 1 }
const noCard = { failedSame: 0, workedBefore: 0, workedAfter: 0, workedHere: 0 }
const seen = (kind: FailureKind, around: Partial<Surroundings>) =>
  weigh({ kind, entryMode: "chip", says: null }, { ...quiet, ...around })

describe("a verdict", () => {
  const terminal = { near: many, wide: many }
  const down = { minutes: many, hours: many, day: many, stores: 9 }
  const store = { near: many, wide: many, minutes: many, terminals: 3, worked: 0 }
  const release = { seen: { observed: 60, expected: 15 }, release: "firmware:2.5.0" }
  const hasty = { all: many, othersHere: { observed: 0, expected: 6 }, elsewhere: many }
  const alone = {
    all: { observed: 3, expected: 1 },
    othersHere: { observed: 9, expected: 1 },
    elsewhere: noneSeen,
  }
  test.each(["issuer", "expired"] as const)("on many keyed cards refused as %s names the card", (kind) => {
    const verdict = weigh({ kind, entryMode: "manual", says: null }, { ...quiet, terminal })
    expect(verdict.cause).toBe("card")
    expect(verdict.evidence).toContainEqual(expect.objectContaining({ code: "many_cards_keyed" }))
  })

  test.each<[string, FailureKind, Partial<Surroundings>, string]>([
    ["a reader that fails with many cards", "chip", { terminal }, "device"],
    ["a card that fails elsewhere too", "chip", { card: { ...noCard, failedSame: 2 } }, "card"],
    ["a card that works elsewhere", "chip", { card: { ...noCard, workedAfter: 1 } }, "device"],
    ["a cashier who fails at every terminal", "chip", { operator: hasty, terminal }, "operator"],
    ["a terminal that fails with every cashier", "chip", { operator: alone, terminal }, "device"],
    ["a release that fails on many terminals", "contactless", { release }, "system"],
    ["an issuer that is down", "issuer", { issuer: down }, "system"],
    ["a store whose line is down", "line", { store }, "system"],
    [
      "a line that fails while the neighbours sell",
      "line",
      { store: { ...quiet.store, worked: 9 } },
      "device",
    ],
    ["keys lost on one terminal", "keys", { terminal }, "system"],
    ["a clock that lets many cards expire", "expired", { terminal }, "device"],
    ["one expired card", "expired", {}, "card"],
    ["a PIN pad that mistakes every PIN", "pin", { terminal }, "device"],
    ["one wrong PIN", "pin", {}, "operator"],
    ["a wrong merchant number in one terminal", "setup", { terminal }, "system"],
    ["a code that nobody knows", "unknown", {}, "unknown"],
  ])("on %s (%s)", (_story, kind, around, cause) => expect(seen(kind, around).cause).toBe(cause))

  test.each([
    [true, true, "operator"],
    [true, false, "card"],
    [false, true, "device"],
    [false, false, "system"],
  ] as const)(
    "of what staff tried: another card works %s, works elsewhere %s: %s",
    (another, elsewhere, cause) => {
      const told = { anotherCardWorks: another, worksElsewhere: elsewhere }
      const { cause: found, evidence } = weigh({ kind: "unknown", entryMode: "", says: null }, quiet, {
        told,
      })
      expect(found).toBe(cause)
      expect(evidence).toHaveLength(2)
    },
  )

  test.each<[string, FailureKind, Partial<Surroundings>]>([
    ["other_readers_work", "chip", { terminal, otherReaders: { observed: 1, expected: 2 } }],
    ["signed_in_just_now", "keys", { events: { sign_in: 0.05 } }],
    ["signed_in_just_now", "keys", { secondsSinceSignIn: 60, events: { sign_in: 9 } }],
    ["reversal_device", "host", { reversalReason: "4007" }],
    ["reversal_undelivered", "host", { reversalReason: "4351" }],
  ])("names %s on %s", (code, kind, around) =>
    expect(seen(kind, around).evidence.map((one) => one.code)).toContain(code),
  )

  test.each<[string, FailureKind, Partial<Surroundings>]>([
    ["other_readers_work", "chip", { terminal, otherReaders: many }],
    ["other_readers_work", "chip", { terminal, otherReaders: noneSeen }],
    ["signed_in_just_now", "keys", { secondsSinceSignIn: 900, events: { sign_in: 0.01 } }],
    ["reversal_undelivered", "host", { reversalReason: "4000" }],
  ])("does not name %s on %s without reason", (code, kind, around) =>
    expect(seen(kind, around).evidence.map((one) => one.code)).not.toContain(code),
  )

  test("has shares that are 1 together, whatever was seen", () => {
    const against = fc.record({
      observed: fc.nat(500),
      expected: fc.double({ min: 0, max: 99, noNaN: true }),
    })
    const around = fc.record({
      terminal: fc.record({ near: against, wide: against }),
      counters: fc.option(against),
      card: fc.option(
        fc.record({
          failedSame: fc.nat(9),
          workedBefore: fc.nat(9),
          workedAfter: fc.nat(9),
          workedHere: fc.nat(9),
        }),
      ),
    })
    fc.assert(
      fc.property(fc.constantFrom(...failureKinds), around, (kind, some) => {
        const { p } = seen(kind, some)
        const sum = verdictCauses.reduce((total, cause) => total + p[cause], 0)
        expect(sum).toBeCloseTo(1, 9)
        for (const cause of verdictCauses) expect(p[cause]).toBeGreaterThan(0)
      }),
    )
  })
})

test("what is as usual is no excess, and more failures are never less", () => {
  const how = comparisons.terminal_often
  expect(excessOf(noneSeen, how)).toBe(0)
  expect(excessOf({ observed: 2, expected: 2 }, how)).toBeLessThan(0.2)
  for (let observed = 0; observed < 40; observed += 1)
    expect(excessOf({ observed: observed + 1, expected: 2 }, how)).toBeGreaterThanOrEqual(
      excessOf({ observed, expected: 2 }, how),
    )
})

test("each weight has its evidence and a reason, and each kind its shares", () => {
  for (const [code, { reason }] of Object.entries({ ...ratios, ...comparisons })) {
    expect(evidenceCodes).toContain(code)
    expect(reason.length).toBeGreaterThan(20)
  }
  for (const kind of failureKinds) {
    const share = verdictCauses.reduce((total, cause) => total + usualShares[kind][cause], 0)
    expect(share).toBeCloseTo(1, 9)
    expect(Object.values(ofTerminal[kind]).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
  }
})
