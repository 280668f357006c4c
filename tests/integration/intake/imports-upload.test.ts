import { writeXlsx } from "hucre/xlsx"
import iconv from "iconv-lite"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getProfiles, PUT as putProfile } from "@/app/api/v1/import-profiles/route"
import { POST as postStart } from "@/app/api/v1/imports/[id]/start/route"
import { GET as getList } from "@/app/api/v1/imports/route"
import { asWorker } from "@/lib/base/db/transaction"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import type { ImportProfiles } from "@/lib/intake/imports/mapping/schemas"
import type { ImportPage } from "@/lib/intake/imports/runs/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { rowsOf } from "@/tests/support/ingest"
import {
  jsonOf,
  upload,
  uploaded,
  about,
  preview,
  start,
  state,
  work,
  imported,
  salesOf,
  sales,
  pan,
} from "@/tests/support/sales-files"

useDatabase()

const gb18030 = (text: string) => new Uint8Array(iconv.encode(text, "gb18030"))

describe("a file", () => {
  test("is uploaded, previewed, started, imported and listed; a second import adds nothing", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, gb18030(sales(25)), `fileName=${encodeURIComponent("拉卡拉 5月.csv")}`)
    expect(run).toMatchObject({
      state: "uploaded",
      totalRows: 25,
      detected: { encoding: "gb18030", delimiter: "," },
      mapping: { name: "lakala", codeSystem: "unionpay", timeZone: "Asia/Shanghai" },
    })

    const shown = await preview(org, run, run.mapping)
    expect(shown.missing).toEqual([])
    expect(shown.profile.columns).toMatchObject({
      终端号: "terminal",
      交易时间: "at",
      卡号: "cardNumber",
      操作员: "operator",
    })
    expect(shown.rows).toHaveLength(20)
    expect(shown.rows[0]).toMatchObject({
      line: 2,
      error: null,
      record: {
        terminal: "10000000",
        at: "2026-05-04T01:00:00.000+08:00",
        outcome: "declined",
        code: "51",
        amountMinor: 1250,
        acquirer: "lakala",
      },
    })
    expect(await salesOf(org)).toEqual([])

    expect(await jsonOf(start(org, run, shown.profile))).toMatchObject({ state: "queued" })
    expect((await start(org, run, shown.profile)).status).toBe(409)
    await work()
    expect(await state(org, run)).toMatchObject({
      state: "done",
      rowsDone: 25,
      accepted: 25,
      duplicates: 0,
      rejected: 0,
    })
    expect(await salesOf(org)).toHaveLength(25)

    expect(await imported(org, gb18030(sales(25)), "fileName=lakala.csv")).toMatchObject({
      accepted: 0,
      duplicates: 25,
    })
    const page = await jsonOf<ImportPage>(call(getList, "/api/v1/imports?limit=1", { key: org.readKey }))
    const next = await jsonOf<ImportPage>(
      call(getList, `/api/v1/imports?limit=1&cursor=${page.nextCursor}`, { key: org.readKey }),
    )
    expect([...page.data, ...next.data].map(({ fileName }) => fileName)).toEqual([
      "lakala.csv",
      "拉卡拉 5月.csv",
    ])
    expect(next.nextCursor).toBeNull()
  })

  test("may be an XLSX workbook with date cells and numeric card numbers", async () => {
    const org = await givenOrganisation()
    const sales = Array.from({ length: 30 }, (_, i) => [
      `T${i}`,
      new Date(Date.UTC(2026, 4, 4, 9, i)),
      0.1 + i,
      Number(pan),
      "00",
      `7${String(i).padStart(11, "0")}`,
    ])
    const header = ["终端号", "交易时间", "交易金额", "卡号", "应答码", "参考号"]
    const workbook = await writeXlsx({
      sheets: [
        {
          name: "明细",
          columns: [{}, { numFmt: "yyyy-mm-dd hh:mm:ss" }],
          rows: [["交易明细"], header, ...sales],
        },
      ],
    })
    const run = await imported(org, new Uint8Array(workbook), "fileName=sales.xlsx")
    expect(run).toMatchObject({ state: "done", totalRows: 30, accepted: 30, detected: { format: "xlsx" } })
    const rows = await salesOf(org)
    expect(rows[1]).toMatchObject({
      at: new Date("2026-05-04T01:01:00Z"),
      amount_minor: 110,
      outcome: "approved",
    })
    expect(new Set(rows.map(({ card_ref }) => card_ref)).size).toBe(1)
  })

  test("of heartbeats is recognised by its columns", async () => {
    const org = await givenOrganisation()
    const run = await imported(
      org,
      "序列号;上报时间;电量;信号强度;打印机状态;应用版本\nSN9;2026/5/4 9:05;81%;-67;缺纸;5.2.1\n",
      "fileName=beats.csv",
    )
    expect(run).toMatchObject({ state: "done", kind: "heartbeats", accepted: 1 })
    expect(await rowsOf(org.orgId, "heartbeat")).toMatchObject([
      {
        at: new Date("2026-05-04T01:05:00Z"),
        battery_pct: 81,
        signal_dbm: -67,
        printer_status: "no_paper",
        app: "5.2.1",
      },
    ])
  })

  test("that cannot be read is refused and not stored", async () => {
    const org = await givenOrganisation()
    for (const [body, status] of [
      ["", 422],
      ["terminal,at\n", 422],
      [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]), 415],
      [new Uint8Array([0x50, 0x4b, 3, 4, 5, 6, 7, 8]), 422],
    ] as const) {
      expect((await upload(org, body)).status).toBe(status)
    }
    expect(
      await asWorker((db) => db.query(sql`select 1 from import_run where org_id = ${org.orgId}::uuid`)),
    ).toEqual([])
  })

  test("requires a column for the terminal, the time and the outcome", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, "甲,乙\n1,2\n")
    expect((await preview(org, run, run.mapping)).missing).toEqual(["terminal", "at", "outcome"])
    const refused = await start(org, run, run.mapping)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ missing: ["terminal", "at", "outcome"] })
  })

  test("uses a mapping that was corrected and saved under a name", async () => {
    const org = await givenOrganisation()
    const run = await uploaded(org, "甲,乙,丙\nT1,04/05/2026 09:30,成功\n")
    const profile: Profile = {
      name: "我们的",
      description: "",
      kind: "transactions",
      timeZone: "Asia/Shanghai",
      dateOrder: "day-first",
      columns: { 甲: "terminal", 乙: "at", 丙: "status" },
      fields: {},
    }
    expect(await preview(org, run, { ...profile, dateOrder: undefined })).toMatchObject({
      needsDateOrder: true,
      rows: [{ record: null, error: { field: "at" } }],
    })
    await jsonOf(
      call(putProfile, "/api/v1/import-profiles", {
        method: "PUT",
        key: org.ingestKey,
        body: JSON.stringify({ profile }),
      }),
    )
    const profilesOf = ({ readKey }: Organisation) =>
      jsonOf<ImportProfiles>(call(getProfiles, "/api/v1/import-profiles", { key: readKey }))
    const saved = await profilesOf(org)
    expect(saved.data.filter(({ isShipped }) => !isShipped)).toMatchObject([{ name: "我们的" }])
    expect(saved.data.map(({ name }) => name)).toEqual(expect.arrayContaining(["lakala", "shengpay", "ums"]))
    const other = await givenOrganisation()
    expect((await profilesOf(other)).data.every(({ isShipped }) => isShipped)).toBe(true)
    await jsonOf(start(org, run, profile))
    await work()
    expect(await salesOf(org)).toMatchObject([{ at: new Date("2026-05-04T01:30:00Z"), outcome: "approved" }])
  })

  test.each([
    ["a code table", { codes: [{ code: "51", cause: "card" }] }],
    [
      "places",
      { place: { serial: { column: "a" }, storeCode: { column: "b" }, storeName: { column: "c" } } },
    ],
    ["another kind", { kind: "codes" }],
  ])("may not contain %s, which only admins may change", async (_what, more) => {
    const org = await givenOrganisation()
    const run = await uploaded(org, sales(1))
    const start = (profile: object) =>
      call(postStart, `/api/v1/imports/${run.id}/start`, about(org, run, { profile }))
    expect((await start({ ...run.mapping, ...more })).status).toBe(422)
    expect((await start({ ...run.mapping })).status).toBe(200)
  })
})
