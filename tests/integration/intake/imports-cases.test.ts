import { writeXlsx } from "hucre/xlsx"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postUpload } from "@/app/api/v1/imports/route"
import { asWorker } from "@/lib/base/db/transaction"
import { readCodeTable } from "@/lib/fleet/code-packs/read-code-table"
import { FieldSource } from "@/lib/intake/imports/mapping/profile"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import { runImport } from "@/lib/intake/imports/runs/run-import"
import type { ImportDetail, ResultPage } from "@/lib/intake/imports/runs/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenKey, givenOrganisation, type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import {
  caseOf,
  hasCases,
  previewed,
  salesOf,
  started,
  takenIn,
  uploaded,
  uploadFile,
  type Taken,
} from "@/tests/support/import-files"
import { rowsOf } from "@/tests/support/ingest"
import { dryRun, jsonOf, results } from "@/tests/support/terminal-files"

useDatabase()

const constant = (outcome: string) => FieldSource.parse({ constant: outcome })

type Given = Parameters<typeof takenIn>[2]

/** Imports a case. Returns its sales by id. */
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

describe.skipIf(!hasCases)("the outcome of a sale (skipped where ../shared/cases is absent)", () => {
  test("27: is an approval if the code table says so", async () => {
    const taken = await caseTaken("27-approvals-that-are-not-00.csv", { codeSystem: "unionpay" })
    expect(outcomesOf(taken)).toEqual({ "h27-1": "approved", "h27-2": "approved", "h27-3": "declined" })
  })

  test("28: is open for unknown codes, which are listed before the start and queued", async () => {
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

describe.skipIf(!hasCases)("a file (skipped where ../shared/cases is absent)", () => {
  test("01: of terminals has no serial numbers that a spreadsheet shortened", async () => {
    const shown = await tried("01-scientific-notation-ids.csv")
    expect(shown.map(({ line, serial, outcome }) => [line, serial, outcome])).toEqual([
      [2, "2460009117", "created"],
      [3, null, "refused"],
      [4, null, "refused"],
    ])
    expect(shown[1]?.refusal).toMatchObject({ field: "serial", value: "2.46E+09" })
  })

  test("01: of terminals has no workbook numbers with more digits than a double", async () => {
    const { rows } = JSON.parse(Buffer.from(caseOf("01-scientific-notation-ids-xlsx.json")).toString()) as {
      rows: (string | { v: number; z?: string })[][]
    }
    const body = await writeXlsx({
      sheets: [
        { name: "s", rows: rows.map((row) => row.map((one) => (typeof one === "string" ? one : one.v))) },
      ],
    })
    const results = await triedBody(new Uint8Array(body))
    expect(results.map(({ serial, outcome }) => [serial, outcome])).toEqual([
      ["2460009117", "created"],
      [null, "refused"],
    ])
  })

  test("05: uses the delimiter that gives all rows the same number of columns", async () => {
    const taken = await caseTaken("05-delimiter-guess-commas-in-text.csv")
    expect(taken.run.detected).toMatchObject({ delimiter: ";" })
    expect(taken.run.detected?.headers).toHaveLength(6)
    expect(amountsOf(taken)).toEqual({ "h05-1": 725, "h05-2": 875 })
  })

  test("08: from Western Europe is not read as Chinese", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, caseOf("08-windows-1252-names.csv"), "fileName=t.csv&kind=terminals")
    expect(run.detected?.encoding).toBe("windows1252")
    expect((await previewed(org, run)).rows.map(({ record }) => record?.["storeName"])).toEqual([
      "Köln Süd",
      "Ärztehaus Größe",
    ])
  })

  test("45: without a header is recognised, and loses no row", async () => {
    const taken = await caseTaken("45-pipe-file-without-header.csv", {
      columns: {
        "column 1": "id",
        "column 3": "amountMinor",
        "column 4": "at",
        "column 5": "terminal",
        "column 6": "code",
      },
    })
    expect(taken.run.detected).toMatchObject({ headerRow: null, delimiter: "|" })
    expect(
      [...taken.sales.values()].map(({ id, at, amount_minor }) => [id, at.toISOString(), amount_minor]),
    ).toEqual([
      ["7001", "2026-11-28T03:00:00.000Z", 900],
      ["7002", "2026-11-28T03:01:00.000Z", 800],
    ])
  })

  test("52: of heartbeats refuses a percentage as signal", async () => {
    const org = await givenOrganisation()
    const { run, rejected } = await takenIn(org, caseOf("52-signal-that-is-no-dbm.csv"), {
      search: "fileName=b.csv&kind=heartbeats",
    })
    expect(run).toMatchObject({ accepted: 1, rejected: 1 })
    expect(rejected).toMatchObject([{ line: 2, field: "signalDbm" }])
    expect(await rowsOf<{ signal_dbm: number }>(org.orgId, "heartbeat")).toMatchObject([{ signal_dbm: -71 }])
  })

  test("62: loses the text marks that protect ids from spreadsheets", async () => {
    const taken = await caseTaken("62-text-marks-against-spreadsheets.csv")
    expect([...taken.sales.values()].map(({ id, code, outcome }) => [id, code, outcome])).toEqual(
      ["0001", "0002", "0003"].map((id) => [id, "00", "approved"]),
    )
    expect(await serialsOf(taken.org)).toEqual(["0091620"])
  })

  test("70: with too many or too few cells in a row rejects the row with both numbers", async () => {
    const taken = await caseTaken("70-rows-with-too-many-cells.csv")
    expect(amountsOf(taken)).toEqual({ "h70-1": 300 })
    expect(taken.rejected.map(({ line, message }) => [line, message.slice(0, 29)])).toEqual([
      [3, "has 8 cells under 7 columns: "],
      [4, "has 4 cells under 7 columns: "],
    ])
  })

  test("71: that is a web page is refused as a web page", async () => {
    const answer = await uploadFile(await givenOrganisation(), caseOf("71-html-table-named-csv.csv"))
    expect(answer.status).toBe(415)
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("web page") as string })
  })
})

describe.skipIf(!hasCases)("master data (skipped where ../shared/cases is absent)", () => {
  test("58: with an address and no store leaves the address out and reports it", async () => {
    const shown = await tried("58-inventory-without-serial-numbers.csv", {
      columns: { terminal_id: "serial", terminal_address: "address" },
    })
    expect(shown.map(({ serial, outcome, refusal }) => [serial, outcome, refusal?.code ?? null])).toEqual([
      ["H58-1", "created", "left_out"],
      ["H58-2", "created", null],
    ])
  })

  test("65: of code tables reports an unknown word with the known words", async () => {
    const request = new Request("http://localhost/api/v1/code-packs/own", {
      method: "PUT",
      headers: { "content-type": "text/csv" },
      body: caseOf("65-code-table-with-an-unknown-subcause.csv"),
    })
    await expect(readCodeTable(request)).rejects.toThrow(/"refused_by_bank" is unknown.*refer_to_issuer/)
  })
})

/** The results of a dry run of terminals. */
async function triedBody(body: BodyInit, given: Partial<RecordProfile> = {}): Promise<ResultPage["data"]> {
  const { orgId } = await givenOrganisation()
  const key = await asWorker((db) => givenKey(db, orgId, ["ingest", "write"]))
  const fleet = { orgId, key }
  const run = await jsonOf<ImportDetail>(
    call(postUpload, "/api/v1/imports?fileName=terminals&kind=terminals", { key, body }),
  )
  await jsonOf(dryRun(fleet, run, given))
  await runImport({ orgId, importId: run.id, isLastAttempt: true })
  return (await results(fleet, run)).data
}

const tried = (name: string, given?: Partial<RecordProfile>) => triedBody(caseOf(name), given)

const serialsOf = async ({ orgId }: Organisation) =>
  (
    await asWorker((db) =>
      db.query<{ serial: string }>(sql`select serial from terminal where org_id = ${orgId}::uuid order by 1`),
    )
  ).map(({ serial }) => serial)

const unmappedOf = async ({ orgId }: Organisation) =>
  (
    await asWorker((db) =>
      db.query<{ code: string }>(
        sql`select code from unmapped_code where org_id = ${orgId}::uuid order by code`,
      ),
    )
  ).map(({ code }) => code)
