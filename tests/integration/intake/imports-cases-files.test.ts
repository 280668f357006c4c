import { writeXlsx } from "hucre/xlsx"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postUpload } from "@/app/api/v1/imports/route"
import { asWorker } from "@/lib/base/db/transaction"
import { readCodeTable } from "@/lib/fleet/code-packs/read-code-table"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import { runImport } from "@/lib/intake/imports/runs/run-import"
import type { ImportDetail, ResultPage } from "@/lib/intake/imports/runs/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenKey, givenOrganisation, type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { caseTaken, amountsOf } from "@/tests/support/import-cases"
import { caseOf, hasCases, previewed, takenIn, uploaded, uploadFile } from "@/tests/support/import-files"
import { rowsOf } from "@/tests/support/ingest"
import { dryRun, jsonOf, results } from "@/tests/support/terminal-files"

useDatabase()

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

  test("52: of heartbeats leaves a percentage out as signal, and says so", async () => {
    const org = await givenOrganisation()
    const { run, rejected } = await takenIn(org, caseOf("52-signal-that-is-no-dbm.csv"), {
      search: "fileName=b.csv&kind=heartbeats",
    })
    expect(run).toMatchObject({ accepted: 2, rejected: 0 })
    expect(rejected).toEqual([])
    expect(run.leftOut).toEqual([{ field: "signalDbm", reason: "text", rows: 1, example: "62%" }])
    expect(await rowsOf<{ signal_dbm: number }>(org.orgId, "heartbeat")).toMatchObject([
      { signal_dbm: null, battery_pct: 50 },
      { signal_dbm: -71, battery_pct: 50 },
    ])
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
