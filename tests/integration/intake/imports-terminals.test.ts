import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import {
  dryRun,
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
import { inventory, countsOf, header, rows } from "@/tests/support/terminal-rows"

useDatabase()

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
})
