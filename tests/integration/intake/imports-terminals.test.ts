import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postCancel } from "@/app/api/v1/imports/[id]/cancel/route"
import { GET as getResultsCsv } from "@/app/api/v1/imports/[id]/results/csv/route"
import { POST as postResume } from "@/app/api/v1/imports/[id]/resume/route"
import { POST as postUpload } from "@/app/api/v1/imports/route"
import { GET as getExport } from "@/app/api/v1/terminals/export/route"
import { asWorker } from "@/lib/base/db/transaction"
import { runImport } from "@/lib/intake/imports/runs/run-import"
import type { ImportDetail, ResultPage } from "@/lib/intake/imports/runs/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenKey } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import {
  about,
  dryRun,
  type Fleet,
  givenFleet,
  imported,
  jsonOf,
  outcomes,
  refusals,
  results,
  start,
  state,
  upload,
  work,
} from "@/tests/support/terminal-files"

useDatabase()

/** The current inventory, with the number of assignments of each terminal. */
type Standing = { serial: string; tids: string | null }
const inventory = ({ orgId }: Fleet) =>
  asWorker((db) =>
    db.query<Standing>(sql`
  select t.serial, m.name as model, u.status, s.code as store, s.name as store_name, c.name as merchant,
         r.name as region, s.address, s.time_zone,
         (select string_agg(coalesce(q.code, '') || '/' || a.tid, ' ' order by a.tid) from terminal_tid a
           left join acquirer q on q.id = a.acquirer_id where a.terminal_id = t.id
             and a.to_at is null) as tids,
         (select count(*)::int from terminal_store p where p.terminal_id = t.id) as placed
    from terminal t
    left join terminal_model m on m.id = t.model_id
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
    join store s on s.id = p.store_id
    left join merchant c on c.id = s.merchant_id
    left join region r on r.id = s.region_id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null
   where t.org_id = ${orgId}::uuid
   order by t.serial`),
  )
const countsOf = async ({ orgId }: Fleet): Promise<Record<string, number>> =>
  (
    await asWorker((db) =>
      db.query<Record<string, number>>(sql`
  select (select count(*)::int from terminal where org_id = o.id) as terminals,
         (select count(*)::int from store where org_id = o.id) as stores,
         (select count(*)::int from merchant where org_id = o.id) as merchants,
         (select count(*)::int from region where org_id = o.id) as regions,
         (select count(*)::int from terminal_model where org_id = o.id) as models,
         (select count(*)::int from acquirer where org_id = o.id) as acquirers,
         (select count(*)::int from terminal_tid where org_id = o.id) as tids,
         (select count(*)::int from terminal_store where org_id = o.id) as placings,
         (select count(*)::int from terminal_status where org_id = o.id) as statuses,
         (select count(*)::int from audit_entry where org_id = o.id) as entries
    from organisation o
   where o.id = ${orgId}::uuid`),
    )
  )[0] ?? {}

const header = "序列号,终端号,收单机构,型号,状态,商户名称,区域,门店编号,门店名称,地址,时区"
const rowOf = (i: number) =>
  `SN${i},T${i},lakala,P2,在用,Chain,East,S${i % 3},Shop ${i % 3},Road ${i % 3},Asia/Shanghai`
const rows = (count: number) => [header, ...Array.from({ length: count }, (_, i) => rowOf(i))]

describe("a file of terminals", () => {
  test("is recognised by its columns; its dry run predicts the import and writes nothing", async () => {
    const fleet = await givenFleet()
    const run = await upload(fleet, [...rows(5), "SN9,T9,lakala,P2,broken,Chain,East,S1,,,"])
    expect(run.mapping).toMatchObject({ kind: "terminals", name: "terminals" })
    const before = await countsOf(fleet)
    expect(await jsonOf(dryRun(fleet, run))).toMatchObject({ state: "queued", isDry: true })
    await work()
    const checked = await state(fleet, run)
    expect(checked).toMatchObject({
      state: "uploaded",
      accepted: 5,
      duplicates: 0,
      rejected: 1,
      checkedAt: expect.any(String) as string,
    })
    const dry = await results(fleet, run)
    expect(dry.counts).toEqual({ created: 5, changed: 0, unchanged: 0, refused: 1 })
    expect(dry.data[5]).toMatchObject({
      line: 7,
      serial: "SN9",
      outcome: "refused",
      refusal: { code: "unknown_status", field: "status", value: "broken" },
    })
    expect(await countsOf(fleet)).toEqual(before)

    await jsonOf(start(fleet, run))
    await work()
    expect(await state(fleet, run)).toMatchObject({ state: "done", isDry: false, accepted: 5, rejected: 1 })
    expect((await results(fleet, run)).data).toEqual(dry.data)
    expect(await inventory(fleet)).toMatchObject(
      [0, 1, 2, 3, 4].map((i) => ({
        serial: `SN${i}`,
        model: "P2",
        status: "active",
        store: `S${i % 3}`,
        store_name: `Shop ${i % 3}`,
        merchant: "Chain",
        region: "East",
        address: `Road ${i % 3}`,
        tids: `lakala/T${i}`,
        placed: 1,
      })),
    )
    expect((await dryRun(fleet, run)).status).toBe(409)
  })

  test("changes nothing when it is imported again, and blank cells change nothing", async () => {
    const fleet = await givenFleet()
    await imported(fleet, rows(4))
    const before = await inventory(fleet)
    expect(outcomes(await imported(fleet, rows(4)))).toEqual(Array(4).fill("unchanged"))
    expect(outcomes(await imported(fleet, [header, "SN1,,,,,,,,,,", "SN2,,,,,,,S2,,,"]))).toEqual([
      "unchanged",
      "unchanged",
    ])
    expect(await inventory(fleet)).toEqual(before)
  })

  test("moves terminals, renames stores and changes statuses, and ends old assignments", async () => {
    const fleet = await givenFleet()
    await imported(fleet, rows(3))
    const page = await imported(fleet, [
      "SN,Status,Store code,Store name,TID,Address",
      "SN0,维修中,S1,,,",
      "SN1,In Repair,,,T77,",
      "SN2,,S2,New name,,New road",
    ])
    expect(page.data.map(({ changes }) => changes)).toEqual([
      [
        { field: "status", from: "active", to: "in_repair" },
        { field: "store", from: "S0", to: "S1" },
      ],
      [
        { field: "status", from: "active", to: "in_repair" },
        { field: "tid", from: "T1", to: "T77" },
      ],
      [
        { field: "storeName", from: "Shop 2", to: "New name" },
        { field: "address", from: "Road 2", to: "New road" },
      ],
    ])
    expect(await inventory(fleet)).toMatchObject([
      { serial: "SN0", store: "S1", status: "in_repair", tids: "lakala/T0", placed: 2 },
      { serial: "SN1", store: "S1", status: "in_repair", tids: "lakala/T77", placed: 1 },
      { serial: "SN2", store: "S2", store_name: "New name", address: "New road", placed: 1 },
    ])
  })

  test("keeps a store's time zone once it had a terminal, also in the dry run", async () => {
    const fleet = await givenFleet()
    await imported(fleet, rows(1))
    await asWorker((db) =>
      db.query(
        sql`
          insert into store (org_id, code, name, time_zone)
          values (${fleet.orgId}::uuid, 'S9', 'New', 'Asia/Shanghai')`,
      ),
    )
    const lines = [
      "SN,Store code,Time zone",
      "SN0,S0,Asia/Tokyo",
      "SN1,S9,Asia/Tokyo",
      "SN2,S9,Asia/Seoul",
      "SN3,S0,Asia/Shanghai",
    ]
    const run = await upload(fleet, lines)
    await jsonOf(dryRun(fleet, run))
    await work()
    const dry = await results(fleet, run)
    expect(refusals(dry)).toEqual([
      { line: 2, code: "time_zone_kept", field: "timeZone", other: "Asia/Shanghai" },
      { line: 4, code: "time_zone_kept", field: "timeZone", other: "Asia/Tokyo" },
    ])
    expect((await imported(fleet, lines)).data).toEqual(dry.data)
    expect(await inventory(fleet)).toMatchObject([
      { serial: "SN0", time_zone: "Asia/Shanghai" },
      { serial: "SN1", time_zone: "Asia/Tokyo" },
      { serial: "SN3", time_zone: "Asia/Shanghai" },
    ])
  })

  test("changes a status by the usual rules, and a retired terminal's TID is free", async () => {
    const fleet = await givenFleet()
    await imported(fleet, rows(3))
    const lines = [
      "SN,Status,TID,Acquirer",
      "SN0,retired,,",
      "SN1,active,T0,lakala",
      "SN2,retired,T2,lakala",
      "SN9,retired,T9,lakala",
    ]
    const run = await upload(fleet, lines)
    await jsonOf(dryRun(fleet, run))
    await work()
    const dry = await results(fleet, run)
    expect(dry.data.slice(0, 2).map(({ changes }) => changes)).toEqual([
      [
        { field: "status", from: "active", to: "retired" },
        { field: "tid", from: "T0", to: null },
      ],
      [{ field: "tid", from: "T1", to: "T0" }],
    ])
    expect(refusals(dry)).toEqual([
      { line: 4, code: "retired_tid", field: "tid", other: null },
      { line: 5, code: "retired_tid", field: "tid", other: null },
    ])
    expect((await imported(fleet, lines)).data).toEqual(dry.data)
    expect(
      refusals(await imported(fleet, ["SN,Status,TID,Acquirer", "SN0,active,,", "SN0,,T7,lakala"])),
    ).toMatchObject([{ code: "not_possible", other: "retired" }, { code: "duplicate_serial" }])
    expect((await inventory(fleet)).map(({ serial, tids }) => [serial, tids])).toEqual([
      ["SN0", null],
      ["SN1", "lakala/T0"],
      ["SN2", "lakala/T2"],
    ])
  })

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
    ])
    expect(refusals(page)).toEqual([
      { line: 3, code: "duplicate_serial", field: "serial", other: "2" },
      { line: 4, code: "tid_taken", field: "tid", other: "SN0" },
      { line: 6, code: "tid_twice", field: "tid", other: "2" },
      { line: 7, code: "missing", field: "serial", other: null },
      { line: 8, code: "merchant_missing", field: "region", other: null },
      { line: 9, code: "store_missing", field: "region", other: null },
      { line: 10, code: "unknown_time_zone", field: "timeZone", other: null },
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
    expect(text.split("\n")).toHaveLength(11)
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

describe("a run over many rows", () => {
  test("resumes after a failure with one result a row, also for duplicates from before it", async () => {
    const fleet = await givenFleet()
    const run = await upload(fleet, [...rows(2_500), rowOf(3), "SN5000,T4,lakala,,,,,S1,,,"])
    await jsonOf(dryRun(fleet, run))
    await work()
    const dry = await results(fleet, run, "?outcome=refused")
    expect(refusals(dry)).toEqual([
      { line: 2_502, code: "duplicate_serial", field: "serial", other: "5" },
      { line: 2_503, code: "tid_twice", field: "tid", other: "6" },
    ])
    await jsonOf(start(fleet, run))
    await expect(
      runImport({
        orgId: fleet.orgId,
        importId: run.id,
        onProgress: () => {
          throw new Error("the plug is pulled")
        },
      }),
    ).rejects.toThrow("plug")
    expect(await state(fleet, run)).toMatchObject({ state: "queued", rowsDone: 1_000 })
    await work()
    expect(await state(fleet, run)).toMatchObject({
      state: "done",
      rowsDone: 2_502,
      accepted: 2_500,
      rejected: 2,
    })
    expect((await results(fleet, run)).counts).toEqual({
      created: 2_500,
      changed: 0,
      unchanged: 0,
      refused: 2,
    })
    expect((await results(fleet, run, "?outcome=refused")).data).toEqual(dry.data)
    expect(await countsOf(fleet)).toMatchObject({
      terminals: 2_500,
      tids: 2_500,
      placings: 2_500,
      entries: 2,
    })
  })

  test("stops after its slice when cancelled, and can be resumed or, after a dry run, started", async () => {
    const fleet = await givenFleet()
    const run = await upload(fleet, rows(2_500))
    const cancelled: Promise<Response>[] = []
    const onProgress = () =>
      void cancelled.push(call(postCancel, `/api/v1/imports/${run.id}/cancel`, about(fleet, run)))
    await jsonOf(dryRun(fleet, run))
    expect(await runImport({ orgId: fleet.orgId, importId: run.id, onProgress })).toBeNull()
    await Promise.all(cancelled)
    expect(await state(fleet, run)).toMatchObject({ state: "uploaded", checkedAt: null })
    await jsonOf(start(fleet, run))
    expect(await runImport({ orgId: fleet.orgId, importId: run.id, onProgress })).toBeNull()
    await Promise.all(cancelled)
    const { state: now, accepted } = await state(fleet, run)
    expect(now).toBe("cancelled")
    expect(accepted).toBeLessThan(2_500)
    expect(await countsOf(fleet)).toMatchObject({ terminals: accepted })
    expect((await results(fleet, run)).counts["created"]).toBe(accepted)

    expect(
      await jsonOf(call(postResume, `/api/v1/imports/${run.id}/resume`, about(fleet, run))),
    ).toMatchObject({ state: "queued", rowsDone: accepted })
    await work()
    expect(await state(fleet, run)).toMatchObject({
      state: "done",
      rowsDone: 2_500,
      accepted: 2_500,
      rejected: 0,
    })
    expect((await results(fleet, run)).counts).toEqual({
      created: 2_500,
      changed: 0,
      unchanged: 0,
      refused: 0,
    })
    expect(await countsOf(fleet)).toMatchObject({ terminals: 2_500, tids: 2_500, placings: 2_500 })
  })

  test("gives the results of its dry run for every kind of row, over several slices and pages", async () => {
    const fleet = await givenFleet()
    await imported(fleet, rows(1_200))
    const line = (i: number) =>
      [
        rowOf(i),
        `SN${i},,,P9,维修,,,S${i % 5},,,`,
        `SN${i},T${i + 1},lakala,,,,,,,,`,
        `SN${i + 5_000},N${i},ums,P7,,New chain ${i % 4},West,N${i % 90},,,`,
        `SN${i - 1},,,,,,,,,,`,
      ][i % 5] ?? ""
    const run = await upload(fleet, [header, ...Array.from({ length: 2_300 }, (_, i) => line(i))])
    const whole = async () => {
      const data: ResultPage["data"] = []
      for (let cursor = ""; ;) {
        const page = await results(fleet, run, `?limit=200${cursor}`)
        data.push(...page.data)
        if (page.nextCursor === null) return { counts: page.counts, data }
        cursor = `&cursor=${page.nextCursor}`
      }
    }
    await jsonOf(dryRun(fleet, run))
    await work()
    const dry = await whole()
    expect(dry.data.map(({ line: number }) => number)).toEqual(Array.from({ length: 2_300 }, (_, i) => i + 2))
    expect(Object.values(dry.counts).every((count) => count > 200)).toBe(true)
    await jsonOf(start(fleet, run))
    await work()
    expect(await whole()).toEqual(dry)
    const [counted] = await asWorker((db) =>
      db.query<{ rows: number }>(
        sql`select reltuples::int as rows from pg_class where oid = 'import_result'::regclass`,
      ),
    )
    expect(counted?.rows, "the planner's row estimate").toBeGreaterThan(1_000)
    const done = await state(fleet, run)
    expect([done.accepted, done.duplicates, done.rejected]).toEqual([
      dry.counts.created + dry.counts.changed,
      dry.counts.unchanged,
      dry.counts.refused,
    ])
  })

  test("creates each terminal once while another run imports the same terminals", async () => {
    const fleet = await givenFleet()
    const [one, two] = [
      await upload(fleet, rows(2_000)),
      await upload(
        fleet,
        rows(2_000)
          .toReversed()
          .toSorted((a, b) => Number(b === header) - Number(a === header)),
      ),
    ]
    for (const run of [one, two]) await jsonOf(start(fleet, run))
    await Promise.all([one, two].map(({ id }) => runImport({ orgId: fleet.orgId, importId: id })))
    const counts = await Promise.all([one, two].map(async (run) => (await results(fleet, run)).counts))
    expect(counts.map(({ created, unchanged }) => created + unchanged)).toEqual([2_000, 2_000])
    expect(counts.reduce((sum, { created }) => sum + created, 0)).toBe(2_000)
    expect(await countsOf(fleet)).toMatchObject({ terminals: 2_000, tids: 2_000, placings: 2_000 })
  })
})
