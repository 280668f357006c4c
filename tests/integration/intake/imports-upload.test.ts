import { runOnce } from "graphile-worker"
import { writeXlsx } from "hucre/xlsx"
import iconv from "iconv-lite"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getProfiles, PUT as putProfile } from "@/app/api/v1/import-profiles/route"
import { POST as postCancel } from "@/app/api/v1/imports/[id]/cancel/route"
import { POST as postPreview } from "@/app/api/v1/imports/[id]/preview/route"
import { GET as getRejected } from "@/app/api/v1/imports/[id]/rejected/route"
import { POST as postResume } from "@/app/api/v1/imports/[id]/resume/route"
import { GET as getOne } from "@/app/api/v1/imports/[id]/route"
import { POST as postStart } from "@/app/api/v1/imports/[id]/start/route"
import { GET as getList, POST as postUpload } from "@/app/api/v1/imports/route"
import { asWorker } from "@/lib/base/db/transaction"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import type { ImportProfiles } from "@/lib/intake/imports/mapping/schemas"
import { forgetOldImports, recoverImports } from "@/lib/intake/imports/runs/keep-imports"
import { runImport } from "@/lib/intake/imports/runs/run-import"
import type { ImportDetail, ImportPage, ImportRun, Preview } from "@/lib/intake/imports/runs/schemas"
import { queueOptions } from "@/lib/run/jobs/queue-options"
import { tasks } from "@/lib/run/jobs/tasks"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { rowsOf } from "@/tests/support/ingest"

useDatabase()

const jsonOf = async <Answer>(response: Promise<Response>): Promise<Answer> => {
  const { status } = await response
  expect(status).toBe(200)
  return (await response).json() as Promise<Answer>
}
const upload = ({ ingestKey }: Organisation, body: BodyInit, search = "fileName=sales.csv") =>
  call(postUpload, `/api/v1/imports?${search}`, { key: ingestKey, body })
const uploaded = (org: Organisation, body: BodyInit, search?: string) =>
  jsonOf<ImportDetail>(upload(org, body, search))
const about = ({ ingestKey }: Organisation, { id }: { id: string }, body?: object) => ({
  key: ingestKey,
  method: "POST",
  params: { id },
  ...(body ? { body: JSON.stringify(body) } : {}),
})
const preview = (org: Organisation, run: { id: string }, profile: Profile | null) =>
  jsonOf<Preview>(call(postPreview, `/api/v1/imports/${run.id}/preview`, about(org, run, { profile })))
const start = (org: Organisation, run: { id: string }, profile: Profile | null) =>
  call(postStart, `/api/v1/imports/${run.id}/start`, about(org, run, { profile }))
const state = (org: Organisation, { id }: { id: string }) =>
  jsonOf<ImportDetail>(call(getOne, `/api/v1/imports/${id}`, { key: org.ingestKey, params: { id } }))
const rejectedOf = (org: Organisation, { id }: { id: string }) =>
  call(getRejected, `/api/v1/imports/${id}/rejected`, { key: org.ingestKey, params: { id } })
const work = () => runOnce({ ...queueOptions(), taskList: tasks })

/** Uploads a file, starts it with the suggested mapping and runs the worker. */
async function imported(org: Organisation, body: BodyInit, search?: string): Promise<ImportDetail> {
  const run = await uploaded(org, body, search)
  await jsonOf<ImportRun>(start(org, run, run.mapping))
  await work()
  return state(org, run)
}

type Sale = {
  id: string
  at: Date
  outcome: string
  code: string | null
  card_ref: string | null
  amount_minor: number | null
  code_system: string | null
  operator: string | null
}
const salesOf = ({ orgId }: Organisation) => rowsOf<Sale>(orgId, "transaction")

const header = "终端号,交易时间,交易金额,卡号,应答码,参考号,操作员"
const gb18030 = (text: string) => new Uint8Array(iconv.encode(text, "gb18030"))
const minute = (i: number) =>
  new Date(Date.UTC(2026, 4, 4, 1, i)).toISOString().slice(0, 19).replace("T", " ")
const saleLine = (i: number) => {
  const code = i % 10 === 0 ? "51" : "00"
  return `1000000${i % 3},${minute(i)},12.50,622848******1234,${code},${600_000_000_000 + i},01`
}
const sales = (count: number) =>
  `${header}\n${Array.from({ length: count }, (_, i) => saleLine(i)).join("\n")}\n`
const pan = "6212345678901232"

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

describe("a run", () => {
  const plugPulled = () => {
    throw new Error("the plug is pulled")
  }
  const wholeRun = async (org: Organisation) => {
    const run = await uploaded(org, sales(4_500))
    await jsonOf(start(org, run, run.mapping))
    return run
  }

  test("resumes after its last slice when it fails, and imports each row once", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    const broken = runImport({ orgId: org.orgId, importId: run.id, onProgress: plugPulled })
    await expect(broken).rejects.toThrow("plug")
    expect(await state(org, run)).toMatchObject({
      state: "queued",
      rowsDone: 1_000,
      error: expect.stringContaining("tried again") as string,
    })
    await work()
    expect(await state(org, run)).toMatchObject({
      state: "done",
      rowsDone: 4_500,
      accepted: 4_500,
      duplicates: 0,
      error: null,
    })
    expect(await salesOf(org)).toHaveLength(4_500)
  })

  test("does not promise a retry when the last attempt fails", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    await expect(
      runImport({ orgId: org.orgId, importId: run.id, isLastAttempt: true, onProgress: plugPulled }),
    ).rejects.toThrow("plug")
    expect(await state(org, run)).toMatchObject({
      state: "failed",
      error: "Something went wrong on our side; go on with it later.",
    })
  })

  test("stores nothing twice if its worker was killed between storing and recording a slice", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    await work()
    // As a killed worker leaves it: all slices stored, only the first 2,000 rows recorded, the lease expired.
    await asWorker((db) =>
      db.query(sql`
      update import_run
      set state = 'running', rows_done = 2000, accepted = 2000, finished_at = null,
          worked_until = now() - interval '1 s' where id = ${run.id}::uuid`),
    )
    expect(await recoverImports()).toBe(1)
    await work()
    expect(await state(org, run)).toMatchObject({
      state: "done",
      rowsDone: 4_500,
      accepted: 2_000,
      duplicates: 2_500,
    })
    expect(await salesOf(org)).toHaveLength(4_500)
    expect(await recoverImports()).toBe(0)
  })

  test("is processed by one worker at a time", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    const counts = await Promise.all([1, 2].map(() => runImport({ orgId: org.orgId, importId: run.id })))
    expect(counts.filter((done) => done !== null)).toHaveLength(1)
    expect(await state(org, run)).toMatchObject({ accepted: 4_500, duplicates: 0 })
  })

  test("stops after its slice when cancelled, and can be resumed", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    let cancelled: Promise<Response> | undefined
    const cancel = () => call(postCancel, `/api/v1/imports/${run.id}/cancel`, about(org, run))
    expect(
      await runImport({
        orgId: org.orgId,
        importId: run.id,
        onProgress: () => {
          cancelled ??= cancel()
        },
      }),
    ).toBeNull()
    expect((await cancelled)?.status).toBe(200)
    const stopped = await state(org, run)
    expect(stopped).toMatchObject({ state: "cancelled" })
    expect(stopped.rowsDone).toBeLessThan(4_500)
    expect((await cancel()).status).toBe(409)
    await work()
    expect((await state(org, run)).state).toBe("cancelled")

    expect(await jsonOf(call(postResume, `/api/v1/imports/${run.id}/resume`, about(org, run)))).toMatchObject(
      { state: "queued" },
    )
    await work()
    expect(await state(org, run)).toMatchObject({ state: "done", rowsDone: 4_500 })
    expect(await salesOf(org)).toHaveLength(4_500)
  })

  test("returns to the queue when the worker stops", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    await expect(
      runImport({ orgId: org.orgId, importId: run.id, signal: AbortSignal.abort(), isLastAttempt: true }),
    ).rejects.toThrow("stops")
    expect((await state(org, run)).state).toBe("queued")
  })
})

describe("a card number", () => {
  const body = [
    header,
    `T1,2026-05-04 09:00:00,1.00,${pan},51,600000000001,${pan}`,
    "T1,2026-05-04 09:01:00,1.00,6212 3456 7890 1232,00,600000000002,01",
    `T2,never,1.00,${pan},00,600000000003,01`,
    "T2,2026-05-04 09:02:00,1.00,4111-1111-1111-1111,00,600000000004,01",
    "",
  ].join("\n")

  test("is stored in no table, and equal cards have equal references", async () => {
    const org = await givenOrganisation()
    const run = await imported(org, body, "fileName=cards.csv")
    expect(run).toMatchObject({ accepted: 3, rejected: 1 })
    const [first, second, other] = await salesOf(org)
    expect(first?.card_ref).toMatch(/^h1:\d+:/)
    expect(second?.card_ref).toBe(first?.card_ref)
    expect(other?.card_ref).not.toBe(first?.card_ref)
    expect(first?.operator).toBe("621234******1232")

    // All rows of all tables as text. Chunks are compressed, so they are read through the preview.
    const tables = await asWorker((db) =>
      db.query<{ name: string }>(sql`
      select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace
        and c.relkind in ('r', 'p') and not c.relispartition and has_table_privilege(c.oid, 'select')`),
    )
    expect(tables.length).toBeGreaterThan(25)
    const holding = await asWorker((db) =>
      db.query<{ name: string }>(sql`
      select t.name from unnest(${tables.map(({ name }) => name)}::text[]) as t (name)
       where (xpath('/table/row/found/text()',
         query_to_xml(format('select count(*) as found from %I x where regexp_replace(x::text, ''[ -]'', '''', ''g'') ~ ''6212345678901232|4111111111111111''', t.name), false, false, '')))[1]::text <> '0'`),
    )
    expect(holding).toEqual([])
    const shown = JSON.stringify(await preview(org, run, run.mapping))
    expect(shown).toContain("621234******1232")
    expect(shown.replaceAll(/[ -]/g, "")).not.toMatch(/6212345678901232|4111111111111111/)
    expect(await (await rejectedOf(org, run)).text()).not.toContain(pan)
  })

  test("has its reference deleted after 14 days, while tokens in the file stay", async () => {
    const org = await givenOrganisation()
    const run = await imported(org, body, "fileName=cards.csv")
    await imported(
      org,
      `${header},cardRef\nT1,2026-05-04 09:00:30,1.00,,00,600000000009,01,tok-1\n`,
      "fileName=tokens.csv",
    )
    const refs = async () => (await salesOf(org)).map(({ card_ref }) => card_ref?.slice(0, 3) ?? null)
    await forgetOldImports()
    expect(await refs()).toEqual(["h1:", "tok", "h1:", "h1:"])
    const age = (days: number) =>
      asWorker(async (db) => {
        await db.query(
          sql`
            update import_run set finished_at = now() - ${days}::int * interval '1 day'
            where id = ${run.id}::uuid`,
        )
        await db.query(
          sql`
            update ingest_batch set received_at = now() - ${days}::int * interval '1 day'
            where org_id = ${org.orgId}::uuid`,
        )
        await db.query(
          sql`
            update card_key set created_at = now() - ${days}::int * interval '1 day'
            where org_id = ${org.orgId}::uuid`,
        )
      })
    await age(15)
    await forgetOldImports()
    expect(await refs()).toEqual([null, "tok", null, null])

    // Another file gets another key. The old key is deleted once no reference can be made with it.
    await imported(org, `${header}\nT1,2026-05-05 09:00:00,1.00,${pan},00,600000000011,01\n`)
    const keys = () =>
      asWorker((db) => db.query(sql`select 1 from card_key where org_id = ${org.orgId}::uuid`))
    expect(await keys()).toHaveLength(2)
    await age(29)
    await forgetOldImports()
    expect(await keys()).toHaveLength(0)
    expect((await refs()).at(-1)).toBeNull()
  })
})

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
  await forgetOldImports()
  expect(await chunks()).toHaveLength(2)
  await asWorker((db) =>
    db.query(sql`
    update import_run
    set finished_at = finished_at - interval '8 days', uploaded_at = uploaded_at - interval '8 days'
    where org_id = ${org.orgId}::uuid`),
  )
  await forgetOldImports()
  expect(await chunks()).toHaveLength(0)
  expect((await state(org, done)).state).toBe("done")
  expect((await call(getOne, "/", { key: org.ingestKey, params: { id: waiting.id } })).status).toBe(404)
})
