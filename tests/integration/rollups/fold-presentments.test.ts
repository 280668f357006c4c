import { describe, expect, test } from "vitest"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { at, sum } from "@/tests/support/fold-sales"
import { givenBatch } from "@/tests/support/raw"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()

type Sale = {
  id: string
  s: number
  outcome: string
  card_ref?: string
  amount_minor?: number
  entry_mode?: string
  code?: string
}

const totals = async (orgId: string) => {
  const { days } = await rollupsOf(orgId)
  return {
    presentments: sum(days, "presentments"),
    failures: sum(days, "failures"),
    raw: sum(days, "raw_attempts"),
    rawFailures: sum(days, "raw_failures"),
  }
}

describe("the presentment rule", () => {
  const declined = (id: string, s: number, more: Partial<Sale> = {}): Sale => ({
    id,
    s,
    outcome: "declined",
    card_ref: "c1",
    ...more,
  })
  const approved = (id: string, s: number, more: Partial<Sale> = {}): Sale => ({
    id,
    s,
    outcome: "approved",
    card_ref: "c1",
    ...more,
  })

  test.each<[string, Sale[], [presentments: number, failures: number, raw: number, rawFailures: number]]>([
    [
      "a retry after a failure is the same presentment, which keeps its first outcome",
      [declined("1", 0), approved("2", 60)],
      [1, 1, 2, 1],
    ],
    ["180 seconds later it is the same presentment", [declined("1", 0), approved("2", 180)], [1, 1, 2, 1]],
    ["181 seconds later it is a new presentment", [declined("1", 0), approved("2", 181)], [2, 1, 2, 1]],
    ["an attempt after a success is a new presentment", [approved("1", 0), declined("2", 10)], [2, 1, 2, 1]],
    [
      "a chain of failures is one presentment",
      [declined("1", 0), declined("2", 170), declined("3", 340), approved("4", 500)],
      [1, 1, 4, 3],
    ],
    [
      "a failed attempt counts like a declined one",
      [declined("1", 0, { outcome: "failed" }), approved("2", 5)],
      [1, 1, 2, 1],
    ],
    [
      "a cancelled attempt counts as an attempt and not as a failure",
      [declined("1", 0, { outcome: "cancelled" }), approved("2", 5)],
      [2, 0, 2, 0],
    ],
    [
      "another card is another customer",
      [declined("1", 0), approved("2", 10, { card_ref: "c2" })],
      [2, 1, 2, 1],
    ],
    [
      "a reversal adds no attempt and hides no failure",
      [declined("1", 0), approved("r", 5, { outcome: "reversed" }), approved("2", 10)],
      [1, 1, 2, 1],
    ],
    ["the id decides the order within a second", [approved("b", 0), declined("a", 0)], [1, 1, 2, 1]],
    [
      "without a token, the same amount and entry mode are the same customer",
      [
        declined("1", 0, { card_ref: undefined, amount_minor: 100, entry_mode: "chip" } as never),
        approved("2", 9, { card_ref: undefined, amount_minor: 100, entry_mode: "chip" } as never),
      ],
      [1, 1, 2, 1],
    ],
    [
      "without a token and an amount it is never a retry, even with the same id",
      [
        declined("1", 0, { card_ref: undefined, entry_mode: "chip" } as never),
        declined("1", 5, { card_ref: undefined, entry_mode: "chip" } as never),
        approved("2", 9, { card_ref: undefined, entry_mode: "chip" } as never),
      ],
      [3, 2, 3, 2],
    ],
    [
      "without a token, another amount is another customer",
      [
        declined("1", 0, { card_ref: undefined, amount_minor: 100, entry_mode: "chip" } as never),
        approved("2", 9, { card_ref: undefined, amount_minor: 200, entry_mode: "chip" } as never),
      ],
      [2, 1, 2, 1],
    ],
  ])("%s", async (_name, sales, expected) => {
    const { orgId } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    const rows = sales.map(({ s, ...sale }) => ({ terminal_id: terminalId, at: at(s), ...sale }))
    // The hardest order: reversed, one row at a time.
    for (const row of rows.toReversed()) {
      await givenBatch(orgId, "transaction", [row])
      await foldAll()
    }
    expect(Object.values(await totals(orgId))).toEqual(expected)
  })

  test("a late row turns a later row into a retry, also across midnight", async () => {
    const { orgId } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    const midnight = 12 * 3600
    const sale = (id: string, s: number, outcome: string) => ({
      terminal_id: terminalId,
      at: at(s),
      id,
      outcome,
      card_ref: "c",
    })
    await givenBatch(orgId, "transaction", [sale("2", midnight + 30, "declined")])
    await foldAll()
    expect(await totals(orgId)).toMatchObject({ presentments: 1, failures: 1 })
    await givenBatch(orgId, "transaction", [sale("1", midnight - 60, "declined")])
    await foldAll()
    expect(await totals(orgId)).toMatchObject({ presentments: 1, failures: 1, raw: 2, rawFailures: 2 })
    const { days } = await rollupsOf(orgId)
    expect(days.map((day) => day["presentments"])).toEqual([1, 0])
  })
})
