import { writeXlsx } from "hucre/xlsx"
import iconv from "iconv-lite"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postRead } from "@/app/api/v1/imports/[id]/read/route"
import { asWorker } from "@/lib/base/db/transaction"
import { deleteOldImports } from "@/lib/intake/imports/runs/keep-imports"
import type { ImportDetail, ReadAgain } from "@/lib/intake/imports/runs/schemas"
import { auditedActions } from "@/tests/support/audit"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { previewed, salesOf, started, uploaded } from "@/tests/support/import-files"
import { rowsOf } from "@/tests/support/ingest"
import { waitingLocks } from "@/tests/support/node-locks"
import { givenPerson } from "@/tests/support/people"
import { about, jsonOf, state, work } from "@/tests/support/sales-files"

useDatabase()

const again = (org: Organisation, run: { id: string }, reading: ReadAgain = {}) =>
  call(postRead, `/api/v1/imports/${run.id}/read`, about(org, run, reading))

const readAgain = (org: Organisation, run: { id: string }, reading?: ReadAgain) =>
  jsonOf<ImportDetail>(again(org, run, reading))

const sourcesOf = ({ orgId }: Organisation) =>
  asWorker((db) => db.query(sql`select 1 from import_source where org_id = ${orgId}::uuid`))

const sales = [
  "Bericht;vom;November;;",
  "Terminal ID;Transaction time;Transaction ID;Status;Operator",
  "A1;2026-11-28 11:00:00;a-1;approved;Müller",
  "A1;2026-11-28 11:01:00;a-2;declined;Größe",
].join("\n")
const inWindows = new Uint8Array(iconv.encode(sales, "windows1252"))

describe("an uploaded file", () => {
  test("can be read again in another encoding, with another delimiter and header row", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, inWindows, "fileName=a.csv&encoding=gb18030&delimiter=,&headerRow=1")
    expect(run).toMatchObject({
      source: "bytes",
      totalRows: 3,
      detected: { headers: ["Bericht;vom;November;;"] },
    })

    const right = await readAgain(org, run, { encoding: "windows1252" })
    expect(right).toMatchObject({
      id: run.id,
      state: "uploaded",
      totalRows: 2,
      detected: { encoding: "windows1252", delimiter: ";", headerRow: 2 },
    })
    expect((await previewed(org, right)).rows.map(({ record }) => record?.["operator"])).toEqual([
      "Müller",
      "Größe",
    ])
    const others = await readAgain(org, run, { encoding: "windows1252", delimiter: ";", headerRow: 0 })
    expect(others).toMatchObject({ totalRows: 4, detected: { headerRow: null } })

    const last = await readAgain(org, run)
    expect((await started(org, last)).status).toBe(200)
    await work()
    expect(await state(org, run)).toMatchObject({ state: "done", accepted: 2, source: null })
    expect((await salesOf(org)).map(({ id }) => id)).toEqual(["a-1", "a-2"])
  })

  test("is kept as a masked copy until it is started or discarded, and not longer", async () => {
    const org = await givenOrganisation()
    const body =
      "Terminal ID,Transaction time,Status,Card\nT1,2026-11-28 11:00:00,approved,6212345678901232\n"
    const run = await uploaded(org, body)
    expect(await sourcesOf(org)).toHaveLength(1)
    await started(org, run)
    expect(await sourcesOf(org)).toEqual([])
    expect((await again(org, run)).status).toBe(409)
    await work()
    expect((await again(org, run)).status).toBe(409)
    expect(await rowsOf(org.orgId, "transaction")).toMatchObject([
      { card_ref: expect.stringMatching(/^h1:/) as string },
    ])
  })

  test("that is a workbook can have another header row, and its cards keep their references", async () => {
    const org = await givenOrganisation()
    const rows = [
      ["Terminal ID", "Transaction time", "Status", "Card"],
      ["T1", "2026-11-28 11:00:00", "approved", "6212345678901232"],
    ]
    const body = new Uint8Array(await writeXlsx({ sheets: [{ name: "s", rows }] }))
    const run = await uploaded(org, body, "fileName=a.xlsx&headerRow=0")
    expect(run).toMatchObject({ source: "workbook", totalRows: 2 })
    const right = await readAgain(org, run)
    expect(right).toMatchObject({ totalRows: 1, detected: { format: "xlsx", headers: rows[0] } })
    await started(org, right)
    await work()
    expect(await rowsOf(org.orgId, "transaction")).toMatchObject([
      { card_ref: expect.stringMatching(/^h1:/) as string },
    ])
  })

  test("stays as it was if it cannot be read in the new way", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, sales)
    const refused = await again(org, run, { headerRow: 40 })
    expect(refused.status).toBe(422)
    expect(await state(org, run)).toMatchObject({ state: "uploaded", totalRows: 2, detected: run.detected })
    const kept = await asWorker((db) =>
      db.query(sql`select 1 from import_run where org_id = ${org.orgId}::uuid`),
    )
    expect(kept).toHaveLength(1)
  })

  test("leaves an audit entry when it is read again", async () => {
    const org = await givenOrganisation()
    const { headers } = await givenPerson(org.orgId, "admin")
    await readAgain(org, await uploaded(org, sales, "fileName=a.csv"))
    expect(await auditedActions(headers)).toEqual([
      ["import.readAgain", "a.csv"],
      ["import.uploaded", "a.csv"],
    ])
  })
})

test("the delimiter is the one that fits all rows, not only the first ones", async () => {
  const org = await givenOrganisation()
  const early = Array.from({ length: 2_000 }, (_, i) => `E${i},"wide; tall; red; new shop window",${i}.50`)
  const late = Array.from({ length: 50 }, (_, i) => `L${i},plain,${i}.75`)
  const body = [...early, ...late, "X1,one,2.00,3.00", "X2,two"].join("\n")
  const run = await uploaded(org, body)
  expect(run.detected).toMatchObject({ delimiter: ",", headerRow: null })
  expect(run.detected?.headers).toHaveLength(3)
  const preview = await previewed(org, run, { kind: "terminals", columns: { "column 1": "serial" } })
  expect(preview.rows[0]?.cells).toEqual(["E0", "wide; tall; red; new shop window", "0.50"])
})

describe("the masked copy of a file", () => {
  test("gives no rows to a start with the mapping of rows that are being replaced", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, inWindows, "fileName=a.csv&encoding=windows1252")
    const start = await asWorker(async (db) => {
      await db.query(sql`select 1 from import_run where id = ${run.id}::uuid for update`)
      const starting = started(org, run)
      await expect.poll(() => waitingLocks("true"), { interval: 20 }).toBeGreaterThan(0)
      await db.query(sql`
        update import_run set detected = jsonb_set(detected, '{headers}', '["A", "B", "C", "D", "E"]')
         where id = ${run.id}::uuid`)
      return { starting }
    })
    expect((await start.starting).status).toBe(422)
    expect(await state(org, run)).toMatchObject({ state: "uploaded" })
  })

  test("of a failed run is deleted after seven days", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, sales)
    const fail = (days: number) =>
      asWorker((db) =>
        db.query(sql`
          update import_run set state = 'failed', finished_at = now() - ${days}::int * interval '1 day'
           where id = ${run.id}::uuid`),
      )
    await fail(6)
    await deleteOldImports()
    expect(await sourcesOf(org)).toHaveLength(1)
    await fail(8)
    await deleteOldImports()
    expect(await sourcesOf(org)).toEqual([])
    expect(await state(org, run)).toMatchObject({ state: "failed", source: null })
  })
})
