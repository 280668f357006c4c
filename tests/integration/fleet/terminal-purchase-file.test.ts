import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getExport } from "@/app/api/v1/terminals/export/route"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenKey } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import * as files from "@/tests/support/terminal-files"

useDatabase()

describe("a file", () => {
  test("of terminals contains supplier, day of purchase and end of warranty", async () => {
    const fleet = await files.givenFleet()
    await asWorker((db) =>
      db.query(
        sql`
          insert into supplier (org_id, name, is_manufacturer, is_supplier, warranty_months)
          values (${fleet.orgId}::uuid, '海港设备', false, true, 24),
            (${fleet.orgId}::uuid, 'Maker', true, false, null)`,
      ),
    )
    const bought = "序列号,供应商,采购日期,保修到期日"
    const file = [
      bought,
      "SN1,海港设备,2025年1月31日,",
      "SN2,海港设备,2025/2/1,2030-12-31",
      "SN3,New Seller,,",
      "SN4,Maker,,",
      "SN5,,2025-03-01,2025-02-01",
      "SN6,,soon,",
    ]
    const run = await files.upload(fleet, file)
    await files.jsonOf(files.dryRun(fleet, run))
    await files.work()
    const dry = await files.results(fleet, run)
    const page = await files.imported(fleet, file)
    expect(page.data).toEqual(dry.data)
    expect(files.refusals(page).map(({ line, code, field }) => ({ line, code, field }))).toEqual([
      { line: 5, code: "not_a_supplier", field: "supplier" },
      { line: 6, code: "warranty_before_purchase", field: "warrantyUntil" },
      { line: 7, code: "bad_day", field: "boughtOn" },
    ])
    const again = await files.imported(fleet, [bought, "SN1,,2025-02-28,", "SN2,,2025-02-28,", "SN3,,,"])
    expect(again.data.map(({ changes }) => changes)).toEqual([
      [
        { field: "boughtOn", from: "2025-01-31", to: "2025-02-28" },
        { field: "warrantyUntil", from: "2027-01-31", to: "2027-02-28" },
      ],
      [{ field: "boughtOn", from: "2025-02-01", to: "2025-02-28" }],
      [],
    ])
    expect(
      files.refusals(await files.imported(fleet, [bought, "SN1,Unheard of,,"], { makesMissing: false })),
    ).toMatchObject([{ code: "unknown_supplier" }])

    const readKey = await asWorker((db) => givenKey(db, fleet.orgId, ["read"]))
    const exported = (
      await (await call(getExport, "/api/v1/terminals/export?format=csv", { key: readKey })).text()
    )
      .trimEnd()
      .split("\n")
    expect(exported.slice(1).map((line) => line.split(",").slice(-3))).toEqual([
      ["海港设备", "2025-02-28", "2027-02-28"],
      ["海港设备", "2025-02-28", "2030-12-31"],
      ["New Seller", "", ""],
    ])
    expect(files.outcomes(await files.imported(fleet, exported))).toEqual(Array(3).fill("unchanged"))
  })
})
