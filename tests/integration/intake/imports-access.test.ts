import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postCancel } from "@/app/api/v1/imports/[id]/cancel/route"
import { POST as postPreview } from "@/app/api/v1/imports/[id]/preview/route"
import { POST as postResume } from "@/app/api/v1/imports/[id]/resume/route"
import { GET as getOne } from "@/app/api/v1/imports/[id]/route"
import { GET as getList } from "@/app/api/v1/imports/route"
import { asWorker } from "@/lib/base/db/transaction"
import { deleteOldImports } from "@/lib/intake/imports/runs/keep-imports"
import type { ImportPage } from "@/lib/intake/imports/runs/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import {
  jsonOf,
  upload,
  uploaded,
  about,
  start,
  state,
  rejectedOf,
  imported,
  header,
  sales,
} from "@/tests/support/sales-files"

useDatabase()

describe("rejected rows", () => {
  test("are a CSV file with reasons and without formulas", async () => {
    const org = await givenOrganisation()
    const run = await imported(
      org,
      [
        header,
        'T1,never,1.00,,00,600000000001,"=HYPERLINK(""http://x"")"',
        "T1,2026-05-04 09:00:00,a lot,,00,600000000002,01",
        "T1,2026-05-04 09:00:00,1.00,,00,600000000003,01",
        "",
      ].join("\n"),
    )
    expect(run).toMatchObject({ accepted: 1, rejected: 2 })
    const response = await rejectedOf(org, run)
    expect(response.headers.get("content-disposition")).toContain("sales.rejected.csv")
    const lines = Buffer.from(await response.arrayBuffer())
      .toString("utf8")
      .trimEnd()
      .split("\n")
    expect(lines[0]).toBe(`\uFEFFline,code,field,message,${header}`)
    expect(lines[1]).toMatch(/^2,invalid,at,.*"'=HYPERLINK\(""http:\/\/x""\)"$/)
    expect(lines[2]).toMatch(/^3,invalid,amountMinor,.*a lot/)
    expect(lines).toHaveLength(3)
  })
})

describe("access", () => {
  test("refuses another organisation to read or change an import", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, sales(3))
    const other = await givenOrganisation()
    expect((await jsonOf<ImportPage>(call(getList, "/api/v1/imports", { key: other.readKey }))).data).toEqual(
      [],
    )
    const statuses = await Promise.all(
      [
        call(getOne, "/", { key: other.ingestKey, params: { id: run.id } }),
        call(postPreview, "/", about(other, run, { profile: run.mapping })),
        start(other, run, run.mapping),
        call(postCancel, "/", about(other, run)),
        call(postResume, "/", about(other, run)),
        rejectedOf(other, run),
      ].map(async (response) => (await response).status),
    )
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404])
  })

  test("refuses an upload with a read key", async () => {
    const org = await givenOrganisation()
    expect((await upload({ ...org, ingestKey: org.readKey }, sales(1))).status).toBe(403)
  })
})

test("deletes rows a week after the import, and files that were not started after a week", async () => {
  const org = await givenOrganisation()
  const done = await imported(org, sales(3))
  const waiting = await uploaded(org, sales(4))
  const chunks = () =>
    asWorker((db) => db.query(sql`select 1 from import_chunk where org_id = ${org.orgId}::uuid`))
  await deleteOldImports()
  expect(await chunks()).toHaveLength(2)
  await asWorker((db) =>
    db.query(sql`
    update import_run
    set finished_at = finished_at - interval '8 days', uploaded_at = uploaded_at - interval '8 days'
    where org_id = ${org.orgId}::uuid`),
  )
  await deleteOldImports()
  expect(await chunks()).toHaveLength(0)
  expect((await state(org, done)).state).toBe("done")
  expect((await call(getOne, "/", { key: org.ingestKey, params: { id: waiting.id } })).status).toBe(404)
})
