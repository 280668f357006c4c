import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getResultsCsv } from "@/app/api/v1/imports/[id]/results/csv/route"
import { POST as postUpload } from "@/app/api/v1/imports/route"
import { GET as getExport } from "@/app/api/v1/terminals/export/route"
import { asWorker } from "@/lib/base/db/transaction"
import type { ImportDetail } from "@/lib/intake/imports/runs/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenKey } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import {
  dryRun,
  givenFleet,
  imported,
  jsonOf,
  refusals,
  results,
  start,
  upload,
  work,
} from "@/tests/support/terminal-files"
import { inventory, countsOf, header, rowOf, rows } from "@/tests/support/terminal-rows"

useDatabase()

describe("rows of a file of terminals", () => {
  test("refuses bad rows with a reason each and imports the others", async () => {
    const fleet = await givenFleet()
    await imported(fleet, rows(2))
    const page = await imported(fleet, [
      "序列号,终端号,收单机构,区域,门店编号,时区",
      "SN5,T5,lakala,,S5,",
      "SN5,T6,lakala,,S5,",
      "SN6,T0,lakala,,S5,",
      "SN7,T0,ums,,S5,",
      "SN8,T5,lakala,,S5,",
      ",T9,,,,",
      "SN9,,,North,S9,",
      "SN10,,,North,,",
      "SN11,,,,S5,Mars",
      "SN12,T1,,,S5,",
      "SN13,T5,,,S5,",
    ])
    expect(refusals(page)).toEqual([
      { line: 3, code: "duplicate_serial", field: "serial", other: "2" },
      { line: 4, code: "tid_taken", field: "tid", other: "SN0" },
      { line: 6, code: "tid_twice", field: "tid", other: "2" },
      { line: 7, code: "missing", field: "serial", other: null },
      { line: 8, code: "merchant_missing", field: "region", other: null },
      { line: 9, code: "store_missing", field: "region", other: null },
      { line: 10, code: "unknown_time_zone", field: "timeZone", other: null },
      // Records may name a TID without its acquirer.
      { line: 11, code: "tid_taken", field: "tid", other: "SN1" },
      { line: 12, code: "tid_twice", field: "tid", other: "2" },
    ])
    expect((await inventory(fleet)).map(({ serial, tids }) => [serial, tids])).toEqual([
      ["SN0", "lakala/T0"],
      ["SN1", "lakala/T1"],
      ["SN5", "lakala/T5"],
      ["SN7", "ums/T0"],
    ])
    const text = await (
      await call(getResultsCsv, `/api/v1/imports/${page.run.id}/results/csv`, {
        key: fleet.key,
        params: { id: page.run.id },
      })
    ).text()
    expect(text.split("\n")).toHaveLength(13)
    expect(text).toContain("3,SN5,refused,,serial,")
  })

  test("creates no store, merchant, model or acquirer if it is not allowed to", async () => {
    const fleet = await givenFleet()
    await imported(fleet, rows(3))
    const before = await countsOf(fleet)
    const page = await imported(
      fleet,
      [
        header,
        "SN20,,,P9,,,,,,,",
        "SN21,,nobody,,,,,,,,",
        "SN22,,,,,Nobody,,S1,,,",
        "SN23,,,,,,West,S1,,,",
        "SN24,,,,,,,S99,,,",
        "SN25,,,,,,,,No shop,,",
        "SN0,,,,,,,,Shop 1,,",
      ],
      { makesMissing: false },
    )
    expect(refusals(page).map(({ code }) => code)).toEqual([
      "unknown_model",
      "unknown_acquirer",
      "unknown_merchant",
      "unknown_region",
      "unknown_store",
      "unknown_store",
    ])
    expect(page.data[6]).toMatchObject({
      outcome: "changed",
      changes: [{ field: "store", from: "S0", to: "S1" }],
    })
    expect(await countsOf(fleet)).toEqual({ ...before, placings: 4, entries: 4 })
  })

  test("changes nothing after an export, and one field if one cell was edited", async () => {
    const fleet = await givenFleet()
    await imported(fleet, [
      "序列号,终端号,收单机构,型号,状态,商户名称,区域,门店编号,门店名称,地址,时区,标签",
      ...[0, 1, 2].map((i) => `${rowOf(i)},north；vip`),
      "SN3,,,,备机,,,,,,,",
      "-SN4,+T4,lakala,P2,,Chain,East,S9,=1+1,@home,,",
    ])
    const readKey = await asWorker((db) => givenKey(db, fleet.orgId, ["read"]))
    for (const format of ["csv", "xlsx"]) {
      const file = await (
        await call(getExport, `/api/v1/terminals/export?format=${format}`, { key: readKey })
      ).arrayBuffer()
      const run = await jsonOf<ImportDetail>(
        call(postUpload, `/api/v1/imports?fileName=terminals.${format}`, {
          key: fleet.key,
          body: new Uint8Array(file),
        }),
      )
      await jsonOf(start(fleet, run))
      await work()
      const page = await results(fleet, run)
      expect(page.data.map(({ outcome, changes, refusal }) => ({ outcome, changes, refusal }))).toEqual(
        Array(5).fill({ outcome: "unchanged", changes: [], refusal: null }),
      )
    }
    const exported = await (
      await call(getExport, "/api/v1/terminals/export?format=csv", { key: readKey })
    ).text()
    const page = await imported(fleet, exported.trimEnd().replace("north; vip", "vip").split("\n"))
    expect(page.data.flatMap(({ changes }) => changes)).toEqual([
      { field: "labels", from: "north; vip", to: "vip" },
    ])
  })

  test("finds an acquirer by its name", async () => {
    const fleet = await givenFleet()
    await asWorker((db) =>
      db.query(
        sql`insert into acquirer (org_id, code, name) values (${fleet.orgId}::uuid, 'lakala', '拉卡拉')`,
      ),
    )
    await imported(fleet, ["序列号,终端号,收单机构", "SN1,T1,拉卡拉"])
    expect(await inventory(fleet)).toMatchObject([{ tids: "lakala/T1" }])
  })

  test("requires the right to change the inventory and a column of serial numbers", async () => {
    const fleet = await givenFleet()
    const run = await upload(fleet, rows(1))
    const ingest = { ...fleet, key: await asWorker((db) => givenKey(db, fleet.orgId, ["ingest"])) }
    expect([(await start(ingest, run)).status, (await dryRun(ingest, run)).status]).toEqual([403, 403])
    const refused = await start(fleet, run, { columns: { 序列号: "ignore" } })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ missing: ["serial"] })
  })
})
