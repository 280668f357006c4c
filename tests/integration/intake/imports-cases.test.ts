import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, type Organisation } from "@/tests/support/factories"
import {
  caseOf,
  hasCases,
  previewed,
  salesOf,
  takenIn,
  uploaded,
  type Taken,
} from "@/tests/support/import-files"

useDatabase()

if (!hasCases) console.warn("the cases beside the repository are not here: they are skipped") // eslint-disable-line no-console

type Given = Parameters<typeof takenIn>[2]

/** Takes a case in; its sales by id. */
async function caseTaken(name: string, given: Given = {}) {
  const org = await givenOrganisation()
  const taken = await takenIn(org, caseOf(name), given)
  const sales = new Map((await salesOf(org)).map((sale) => [sale.id, sale]))
  return { org, ...taken, sales }
}

const outcomesOf = ({ sales }: { sales: Map<string, { outcome: string }> }) =>
  Object.fromEntries([...sales].map(([id, { outcome }]) => [id, outcome]))
const amountsOf = ({ sales }: { sales: Map<string, { amount_minor: number | null }> }) =>
  Object.fromEntries([...sales].map(([id, { amount_minor }]) => [id, amount_minor]))
const messages = ({ rejected }: Taken) =>
  Object.fromEntries(rejected.map(({ line, field, message }) => [line, `${field}: ${message}`]))

describe.skipIf(!hasCases)("what became of a sale", () => {
  test("27: a code is an approval where its code table says so", async () => {
    const taken = await caseTaken("27-approvals-that-are-not-00.csv", { codeSystem: "unionpay" })
    expect(outcomesOf(taken)).toEqual({ "h27-1": "approved", "h27-2": "approved", "h27-3": "declined" })
  })

  test("28: codes that nobody knows are named before the start, and queued", async () => {
    const org = await givenOrganisation()
    const file = caseOf("28-six-digit-result-codes.csv")
    const preview = await previewed(org, await uploaded(org, file), { codeSystem: "nobody-knows" })
    expect(preview.unmappedCodes).toEqual([
      { text: "000003", rows: 1 },
      { text: "200010", rows: 1 },
    ])
    await takenIn(org, file, { codeSystem: "nobody-knows" })
    expect((await salesOf(org)).map(({ outcome, response_code_id }) => [outcome, response_code_id])).toEqual([
      ["approved", null],
      ["declined", null],
      ["declined", null],
    ])
    expect(await unmappedOf(org)).toEqual(["000000", "000003", "200010"])
  })

  test("41: a refund may be told by the status", async () => {
    const taken = await caseTaken("41-refund-told-by-the-status.csv")
    expect(amountsOf(taken)).toEqual({ "h41-1": 3000, "h41-2": -1200, "h41-3": -100 })
    expect(new Set(Object.values(outcomesOf(taken)))).toEqual(new Set(["approved"]))
  })

  test("44: a statement of successes is given its outcome, and its types still count", async () => {
    const taken = await caseTaken("44-statement-of-successes-without-status.csv", {
      fields: {
        outcome: {
          constant: "approved",
          joinWith: "",
          hash: false,
          orRowHash: false,
          cardRef: false,
          as: "text",
        },
      },
    })
    expect(outcomesOf(taken)).toEqual({ "h44-1": "approved", "h44-2": "approved", "h44-3": "cancelled" })
    expect(amountsOf(taken)).toEqual({ "h44-1": 800, "h44-2": -200, "h44-3": 300 })
  })

  test("68: statuses that say no approve nothing, and one that nobody knows is named", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, caseOf("68-statuses-that-say-no.csv"))
    expect((await previewed(org, run)).unknownWords).toEqual([
      { text: "Commission settled", rows: 1, of: "status" },
    ])
    const taken = await caseTaken("68-statuses-that-say-no.csv")
    const outcomes = outcomesOf(taken)
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome === "approved")).toEqual([
      ["h68-7", "approved"],
    ])
    expect(Object.values(outcomes)).not.toContain("cancelled")
    expect(messages(taken)).toEqual({ 8: expect.stringContaining('"Commission settled"') as string })
  })

  test("68: what people say of a word counts", async () => {
    const taken = await caseTaken("68-statuses-that-say-no.csv", {
      words: { "commission settled": "approved" },
    })
    expect(taken.rejected).toEqual([])
    expect(outcomesOf(taken)["h68-6"]).toBe("approved")
  })

  test("73: a file of sales is known by its amounts, and is no file of terminals", async () => {
    const { run, sales } = await caseTaken("73-sales-taken-for-terminals.csv", { moneyUnit: "fen" })
    expect(run.kind).toBe("transactions")
    expect(
      [...sales.values()].map(({ at, outcome, amount_minor }) => [at.toISOString(), outcome, amount_minor]),
    ).toEqual([
      ["2026-11-28T03:00:00.000Z", "approved", 150],
      ["2026-11-28T03:01:00.000Z", "approved", -50],
    ])
  })
})

describe.skipIf(!hasCases)("an amount", () => {
  test("26: is of its row's currency, by number, name or code", async () => {
    const taken = await caseTaken("26-numeric-currency-codes.csv")
    expect(
      [...taken.sales.values()].map(({ currency, amount_minor, outcome }) => [
        currency,
        amount_minor,
        outcome,
      ]),
    ).toEqual(["SEK", "AUD", "GBP", "USD"].map((currency) => [currency, 300, "approved"]))
  })

  test("30: has the decimals of its currency", async () => {
    const taken = await caseTaken("30-currencies-without-and-with-three-decimals.csv")
    expect(amountsOf(taken)).toEqual({ "h30-1": 3400, "h30-2": 90_000, "h30-3": 2375, "h30-4": 340 })
  })

  test("31: is read as its column is written, whatever the sign", async () => {
    const taken = await caseTaken("31-amounts-as-people-write-them.csv", { currency: "EUR" })
    expect(Object.values(amountsOf(taken))).toEqual([250_000, 750, 248_010, -750, -750, -750, 750])
  })

  test("42: may stand in two columns", async () => {
    expect(amountsOf(await caseTaken("42-amount-in-two-columns.csv"))).toEqual({
      "h42-1": 800,
      "h42-2": -200,
    })
  })
})

const unmappedOf = async ({ orgId }: Organisation) =>
  (
    await asWorker((db) =>
      db.query<{ code: string }>(
        sql`select code from unmapped_code where org_id = ${orgId}::uuid order by code`,
      ),
    )
  ).map(({ code }) => code)
