import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { FieldSource } from "@/lib/intake/imports/mapping/profile"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, type Organisation } from "@/tests/support/factories"
import { caseTaken, amountsOf } from "@/tests/support/import-cases"
import { caseOf, hasCases, previewed, started, uploaded, type Taken } from "@/tests/support/import-files"

useDatabase()

const constant = (outcome: string) => FieldSource.parse({ constant: outcome })

const outcomesOf = ({ sales }: { sales: Map<string, { outcome: string }> }) =>
  Object.fromEntries([...sales].map(([id, { outcome }]) => [id, outcome]))

const messages = ({ rejected }: Taken) =>
  Object.fromEntries(rejected.map(({ line, field, message }) => [line, `${field}: ${message}`]))

const unmappedOf = async ({ orgId }: Organisation) =>
  (
    await asWorker((db) =>
      db.query<{ code: string }>(
        sql`select code from unmapped_code where org_id = ${orgId}::uuid order by code`,
      ),
    )
  ).map(({ code }) => code)

describe.skipIf(!hasCases)("the outcome of a sale (skipped where ../shared/cases is absent)", () => {
  test("27: is an approval if the code table says so", async () => {
    const taken = await caseTaken("27-approvals-that-are-not-00.csv", { codeSystem: "unionpay" })
    expect(outcomesOf(taken)).toEqual({ "h27-1": "approved", "h27-2": "approved", "h27-3": "declined" })
  })

  test("28: is asked for if only a code shows it that no code table has", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, caseOf("28-six-digit-result-codes.csv"))
    const system = { codeSystem: "nobody-knows" }
    const preview = await previewed(org, run, system)
    expect(preview.unmappedCodes).toEqual([
      { text: "000003", rows: 1 },
      { text: "200010", rows: 1 },
    ])
    expect(preview.openCodes).toEqual([
      { code: "000003", rows: 1 },
      { code: "200010", rows: 1 },
    ])
    const refused = await started(org, run, system)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      missing: ["codeMeanings"],
      detail: expect.stringContaining("000003, 200010") as string,
    })
  })

  test("28: is what the user says that its code means", async () => {
    const taken = await caseTaken("28-six-digit-result-codes.csv", {
      codeSystem: "nobody-knows",
      codeMeanings: { "000003": "approved", "*": "declined" },
    })
    expect([...taken.sales.values()].map((sale) => [sale.outcome, sale.response_code_id])).toEqual([
      ["approved", null],
      ["approved", null],
      ["declined", null],
    ])
    expect(await unmappedOf(taken.org)).toEqual(["000000", "000003", "200010"])
  })

  test("41: may be a refund by its status", async () => {
    const taken = await caseTaken("41-refund-told-by-the-status.csv")
    expect(amountsOf(taken)).toEqual({ "h41-1": 3000, "h41-2": -1200, "h41-3": -100 })
    expect(new Set(Object.values(outcomesOf(taken)))).toEqual(new Set(["approved"]))
  })

  test("44: may be set for a whole statement, and its transaction types still count", async () => {
    const taken = await caseTaken("44-statement-of-successes-without-status.csv", {
      fields: {
        outcome: constant("approved"),
      },
    })
    expect(outcomesOf(taken)).toEqual({ "h44-1": "approved", "h44-2": "approved", "h44-3": "cancelled" })
    expect(amountsOf(taken)).toEqual({ "h44-1": 800, "h44-2": -200, "h44-3": 300 })
  })

  test("68: is no approval for a negative status, and an unknown status is listed", async () => {
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

  test("68: follows the meaning that the user gave to a word", async () => {
    const taken = await caseTaken("68-statuses-that-say-no.csv", {
      words: { "commission settled": "approved" },
    })
    expect(taken.rejected).toEqual([])
    expect(outcomesOf(taken)["h68-6"]).toBe("approved")
  })

  test("73: is read from a file that is recognised as sales by its amounts", async () => {
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

describe.skipIf(!hasCases)("an amount (skipped where ../shared/cases is absent)", () => {
  test("26: has its row's currency, given by number, name or code", async () => {
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

  test("31: is read in the notation of its column, with any sign", async () => {
    const taken = await caseTaken("31-amounts-as-people-write-them.csv", { currency: "EUR" })
    expect(Object.values(amountsOf(taken))).toEqual([250_000, 750, 248_010, -750, -750, -750, 750])
  })

  test("42: may be in two columns", async () => {
    expect(amountsOf(await caseTaken("42-amount-in-two-columns.csv"))).toEqual({
      "h42-1": 800,
      "h42-2": -200,
    })
  })
})

describe.skipIf(!hasCases)("a time (skipped where ../shared/cases is absent)", () => {
  const timesOf = ({ sales }: { sales: Map<string, { at: Date }> }) =>
    [...sales.values()].map(({ at }) => at.toISOString())

  test("32: is read in the day-month order that a late row shows", async () => {
    const taken = await caseTaken("32-day-month-order-shown-late.csv")
    expect(taken.run).toMatchObject({ accepted: 202, rejected: 0 })
    expect(timesOf(taken).every((at) => at.startsWith("2026-11-"))).toBe(true)
  })

  test("34: of month, day and time is not read as seconds; its year is required", async () => {
    const org = await givenOrganisation()
    const file = caseOf("34-mmddhhmmss-is-no-epoch.csv")
    const run = await uploaded(org, file)
    expect((await previewed(org, run)).needsYear).toBe(true)
    const refused = await started(org, run)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ missing: ["year"] })
    expect(timesOf(await caseTaken("34-mmddhhmmss-is-no-epoch.csv", { year: 2026 }))).toEqual([
      "2026-11-27T03:00:00.000Z",
      "2026-11-27T03:01:00.000Z",
    ])
  })

  test("34b: before 1990 rejects its row and not the file", async () => {
    const { run, rejected } = await caseTaken("34b-one-row-before-1990-stops-the-file.csv")
    expect(run).toMatchObject({ state: "done", accepted: 1, rejected: 1 })
    expect(rejected).toMatchObject([{ line: 2, field: "at" }])
  })

  test("36: keeps the zone that it names", async () => {
    const taken = await caseTaken("36-times-with-zones-in-many-spellings.csv")
    expect(timesOf(taken)).toEqual([
      ...Array.from({ length: 3 }, () => "2026-11-28T03:00:00.000Z"),
      "2026-11-28T03:00:00.250Z",
    ])
  })

  test("56: in an hour that occurs twice is in the first one", async () => {
    const taken = await caseTaken("56-hour-that-comes-twice.csv", { timeZone: "America/New_York" })
    expect(timesOf(taken)).toEqual([
      "2026-11-01T04:30:00.000Z",
      "2026-11-01T05:20:00.000Z",
      "2026-11-01T07:20:00.000Z",
    ])
  })

  test("59: and an amount are recognised by handbook names; only the outcome is required", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, caseOf("59-fraud-handbook-columns.csv"))
    const given = { fields: { outcome: constant("approved") } }
    expect((await previewed(org, run)).missing).toEqual(["outcome"])
    expect((await previewed(org, run, given)).rows.map(({ record }) => record)).toMatchObject([
      { at: "2026-11-28T03:00:00.000+08:00", amountMinor: 1234 },
      { at: "2026-11-28T03:01:00.000+08:00", amountMinor: 500 },
    ])
  })
})
