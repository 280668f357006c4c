import { describe, expect, test } from "vitest"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { findingsOf } from "@/lib/insight/flags/rules"
import { context, healthy, now } from "@/tests/support/terminal-facts"

const findings = (change: Partial<TerminalFacts>) => findingsOf({ ...healthy, ...change }, context)

describe("sales that were not sent", () => {
  const hourMs = 3_600_000
  type Unsent = NonNullable<TerminalFacts["unsent"]>
  const oldestAt = now - 12 * hourMs
  const unsent: Unsent = { sales: 3, amountMinor: 900, currency: "CNY", oldestAt, offlineHours: null }

  test.each<[string, Partial<Unsent>, boolean]>([
    ["half a day old, of a day", {}, true],
    ["younger", { oldestAt: now - 11 * hourMs }, false],
    ["half a day old, of an acquirer that gives them two days", { offlineHours: 48 }, false],
    [
      "a day old, of an acquirer that gives them two days",
      { oldestAt: now - 24 * hourMs, offlineHours: 48 },
      true,
    ],
  ])("%s", (_name, change, isFound) => {
    const found = findings({ unsent: { ...unsent, ...change } }).map(({ rule }) => rule)
    expect(found).toEqual(isFound ? ["unsent_sales"] : [])
  })

  test("say by when they must be sent", () => {
    const until = new Date(now + 12 * hourMs).toISOString()
    const { sales, amountMinor, currency } = unsent
    expect(findings({ unsent })[0]?.reasons).toEqual([
      { code: "unsent_sales", sales, amountMinor, currency, until },
    ])
  })
})
