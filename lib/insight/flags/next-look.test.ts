import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { addDays } from "@/lib/base/time/zone"
import type { PolicyDraft as Policy } from "@/lib/fleet/releases/schemas"
import { clockAt } from "@/lib/insight/flags/clock"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Context } from "@/lib/insight/flags/rule"
import { findingsOf, nextLookAt } from "@/lib/insight/flags/rules"
import { context, healthy, now } from "@/tests/support/terminal-facts"

const releases = ["5.10", "5.11.2", "6.0"].map((version, i) => ({
  component: "app" as const,
  version,
  model: null,
  releasedOn: addDays("2026-11-24", i),
}))
const contextAt = (at: number, policies: Policy[]): Context => ({
  ...context,
  standards: { policies, releases },
  clock: clockAt(at),
})

describe("the next look", () => {
  const hour = 3_600_000
  const nextOf = (change: Partial<TerminalFacts>, policies: Policy[] = []) =>
    nextLookAt({ ...healthy, ...change }, contextAt(now, policies)) ?? Infinity

  test("comes within a day, and terminals share the half day before it", () => {
    const looks = Array.from({ length: 720 }, (_, terminalId) => (nextOf({ terminalId }) - now) / hour)
    expect([Math.min(...looks), Math.max(...looks) < 24, new Set(looks).size]).toEqual([12, true, 720])
  })

  test("comes when the store closes for good", () => {
    expect(nextOf({ closesAt: now + hour })).toBe(now + hour)
  })

  test("comes after an hour of an offline terminal, because the reason says how long it is silent", () => {
    expect(nextOf({ onlineState: "offline" })).toBe(now + hour)
  })

  test("comes when an opening is missed, and then every ten minutes", () => {
    const opening = { at: now - hour / 4, missedAt: now + hour / 4, isStoreUp: true }
    expect(nextOf({ opening })).toBe(opening.missedAt)
    expect(nextOf({ opening: { ...opening, missedAt: now } })).toBe(now + hour / 6)
  })

  const zones = ["Asia/Shanghai", "America/New_York", "Pacific/Auckland", "Africa/Cairo"] as const
  const day = fc.integer({ min: -3, max: 3 }).map((days) => addDays("2026-11-25", days))
  const dated: fc.Arbitrary<{ facts: TerminalFacts; policies: Policy[] }> = fc.record({
    facts: fc
      .record({
        zone: fc.constantFrom(...zones),
        useEndOn: fc.option(fc.tuple(day, fc.constantFrom(0, 365)).map(([on, days]) => addDays(on, days))),
        terminalId: fc.integer({ min: 1, max: 1000 }),
        lastSaleAt: fc.option(
          fc
            .tuple(fc.constantFrom(89, 90, 364, 365), fc.integer({ min: 0, max: 30 }))
            .map(([days, hours]) => now - days * 24 * hour - hours * hour),
        ),
      })
      .map(({ useEndOn, ...rest }) => ({ ...healthy, ...rest, model: { id: 1, name: "M3", useEndOn } })),
    policies: fc.array(
      fc.record({
        model: fc.constantFrom(null, 1, 2),
        component: fc.constantFrom("app" as const, "firmware" as const, "securityPatch" as const),
        minimumVersion: fc.constantFrom(null, "1.0", "9.0"),
        mostLinesBehind: fc.constantFrom(null, 0, 1),
        // The patch of 5 August becomes too old in these days.
        maxAgeDays: fc.constantFrom(null, 110, 111, 112, 113),
        dueOn: fc.option(day),
      }),
      { maxLength: 3 },
    ),
  })

  test("misses no date: until it comes, the rules find the same", () => {
    const seen = (facts: TerminalFacts, context: Context) =>
      findingsOf(facts, context).map((finding) => ({ ...finding, observedAt: 0 }))
    fc.assert(
      fc.property(dated, fc.double({ min: 0, max: 1, noNaN: true }), ({ facts, policies }, share) => {
        const next = nextLookAt(facts, contextAt(now, policies)) ?? Infinity
        const between = now + Math.floor(share * (next - 1 - now))
        expect(seen(facts, contextAt(between, policies))).toEqual(seen(facts, contextAt(now, policies)))
      }),
      { numRuns: 500 },
    )
  })
})
