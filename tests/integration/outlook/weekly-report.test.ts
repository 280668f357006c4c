import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getCsv } from "@/app/api/v1/reports/weekly/[week]/csv/route"
import { GET as getReport } from "@/app/api/v1/reports/weekly/[week]/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays } from "@/lib/base/time/zone"
import { shiftWeek } from "@/lib/outlook/reports/week"
import { weeklyReport } from "@/lib/outlook/reports/weekly-report"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenBatch } from "@/tests/support/raw"
import {
  givenBeats,
  givenSales,
  monday,
  phoenix,
  reportOf,
  shanghai,
  sunday,
  thisWeek,
  week,
} from "@/tests/support/weekly-report"

useDatabase()

describe("failed sales", () => {
  test("are counted on each store's own Monday to Sunday, by cause, with the week before", async () => {
    const { orgId, ingestKey, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { timeZone: "America/Phoenix" })
    const home = await givenTerminal(orgId)
    const far = await givenTerminal(orgId, { storeId })
    const failed = { code: "2M", codeSystem: "ums-mispos", outcome: "failed", card: "tried twice" }
    await givenSales(ingestKey, home.serial, [
      { at: shanghai(-1, "23:59:59"), code: "51" }, // the week before
      { at: shanghai(monday, "00:00:00") },
      { at: shanghai(1, "10:00:00"), ...failed },
      { at: shanghai(1, "10:01:00"), ...failed }, // a retry, counts only in raw
      { at: shanghai(2, "12:00:00"), code: "51" },
      { at: shanghai(2, "13:00:00"), code: "55" },
      { at: shanghai(3, "13:00:00"), code: "nobody knows" },
      { at: shanghai(4, "13:00:00") },
      { at: shanghai(sunday, "23:59:59"), code: "91" },
      { at: shanghai(7, "00:00:00"), code: "91" }, // the week after
    ])
    await givenSales(ingestKey, far.serial, [
      { at: phoenix(-1, "23:00:00"), code: "55" }, // Monday in Shanghai, but still the week before in Phoenix
      { at: phoenix(monday, "01:00:00") },
      { at: phoenix(sunday, "23:00:00"), code: "96" }, // Monday in Shanghai, but Sunday in Phoenix
    ])
    const { total, byCause } = await reportOf(readKey)
    expect(total).toMatchObject({
      attempts: 9,
      failures: 6,
      rate: 6 / 9,
      raw: { attempts: 10, failures: 7 },
      previous: { attempts: 2, failures: 2, raw: { attempts: 2, failures: 2 } },
    })
    expect(
      byCause.map(({ cause, attempts, failures, raw, previous }) => [
        cause,
        failures,
        attempts,
        raw.failures,
        previous.failures,
        previous.attempts,
      ]),
    ).toEqual([
      ["device", 1, 9, 2, 0, 2],
      ["card", 1, 9, 1, 1, 2],
      ["operator", 1, 9, 1, 1, 2],
      ["system", 2, 9, 2, 0, 2],
      ["unknown", 1, 9, 1, 0, 2],
    ])
    // The Wilson interval of 6 of 9.
    expect(total.interval?.[0]).toBeCloseTo(0.3542, 4)
    expect(total.interval?.[1]).toBeCloseTo(0.8794, 4)
  })

  test("have no rate in a week without sales", async () => {
    const { readKey } = await givenOrganisation()
    expect((await reportOf(readKey)).total).toMatchObject({
      attempts: 0,
      failures: 0,
      rate: null,
      interval: null,
      previous: { rate: null },
    })
  })
})

describe("fleet", () => {
  test("is as of the end of the week", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const [model] = await asWorker((db) =>
      db.query<{ id: number }>(
        sql`insert into terminal_model (org_id, name) values (${orgId}::uuid, 'M1') returning id`,
      ),
    )
    await givenTerminal(orgId, { modelId: model?.id ?? 0 })
    await givenTerminal(orgId)
    await givenTerminal(orgId, { status: "in_repair" })
    const broken = await givenTerminal(orgId)
    await asWorker(async (db) => {
      // In repair from the first second of the next week: active in this one.
      await db.query(
        sql`
          update terminal_status set to_at = ${shanghai(7, "00:00:00")}::timestamptz
          where terminal_id = ${broken.terminalId}::bigint`,
      )
      await db.query(sql`insert into terminal_status (org_id, terminal_id, status, from_at)
        values (${orgId}::uuid, ${broken.terminalId}::bigint, 'in_repair',
          ${shanghai(7, "00:00:00")}::timestamptz)`)
    })
    const { fleet } = await reportOf(readKey)
    expect(fleet.byStatus).toEqual({ pending: 0, active: 3, spare: 0, in_repair: 1, retired: 0 })
    expect(fleet.byModel).toEqual([
      { model: "M1", terminals: 1 },
      { model: null, terminals: 2 },
    ])
  })

  test("has the releases and models that are due now", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const [old] = await asWorker((db) =>
      db.query<{ id: number }>(sql`
      with m as (insert into terminal_model (org_id, name)
        values (${orgId}::uuid, 'Old'), (${orgId}::uuid, 'New') returning id, name)
      insert into approval (org_id, model_id, kind, use_end_on, source, checked_on)
      select ${orgId}::uuid, id, 'pci_pts', case name when 'Old' then ${addDays(week.to, -30)}::date
        else ${addDays(week.to, 2000)}::date end, 'test', ${week.from}::date
        from m order by name desc
      returning model_id as id`),
    )
    const now = new Date().toISOString()
    for (const app of ["5.9.0", "5.10.0", "5.11.0"])
      await givenBeats(
        orgId,
        (await givenTerminal(orgId, app === "5.9.0" ? { modelId: old?.id ?? 0 } : {})).terminalId,
        [now],
        { app },
      )
    await givenBeats(orgId, (await givenTerminal(orgId, { status: "retired" })).terminalId, [now], {
      app: "1.0",
    })
    await asWorker((db) =>
      db.query(sql`
      insert into release_policy (org_id, component, minimum_version, due_on)
      values (${orgId}::uuid, 'app', '5.10.0', ${week.from}::date),
        (${orgId}::uuid, 'firmware', '2.0', null)`),
    )
    const report = await reportOf(readKey)
    expect(report.releasesDue).toEqual([
      { component: "app", minimum: "5.10.0", model: null, dueOn: week.from, terminalsBehind: 1 },
    ])
    expect(report.modelsDue).toEqual([{ model: "Old", useEndOn: addDays(week.to, -30), terminals: 1 }])
  })
})

describe("the week", () => {
  test("says whether it is over, and is not found before it begins", async () => {
    const { actor, readKey } = await givenOrganisation()
    expect(await reportOf(readKey, thisWeek.name)).toMatchObject({ week: thisWeek.name, isOver: false })
    expect(await reportOf(readKey)).toMatchObject({
      from: week.from,
      to: addDays(week.to, -1),
      isOver: true,
      organisation: { timeZone: "Asia/Shanghai" },
    })
    // Monday 00:00 in the organisation's zone decides.
    const end = Date.parse(shanghai(7, "00:00:00"))
    expect((await weeklyReport({ actor, week: week.name, now: new Date(end - 1) })).isOver).toBe(false)
    expect((await weeklyReport({ actor, week: week.name, now: new Date(end) })).isOver).toBe(true)
    await expect(
      weeklyReport({ actor, week: shiftWeek(week, 1).name, now: new Date(end - 1) }),
    ).rejects.toThrow("not begun")
  })

  test.each(["2021-W53", "2026-47", "0001-W01", "9999-W01", "x"])("%s is not found", async (name) => {
    const { readKey } = await givenOrganisation()
    expect(
      (await call(getReport, `/api/v1/reports/weekly/${name}`, { key: readKey, params: { week: name } }))
        .status,
    ).toBe(404)
  })

  test("needs the permission to read", async () => {
    const { ingestKey } = await givenOrganisation()
    const path = `/api/v1/reports/weekly/${week.name}`
    expect((await call(getReport, path, { params: { week: week.name } })).status).toBe(401)
    expect((await call(getReport, path, { key: ingestKey, params: { week: week.name } })).status).toBe(403)
    expect((await call(getCsv, `${path}/csv`, { params: { week: week.name } })).status).toBe(401)
  })

  test("says how old its data is", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    await givenBatch(orgId, "heartbeat", [{ terminal_id: terminalId, at: new Date().toISOString() }])
    await asWorker((db) =>
      db.query(
        sql`update ingest_batch set received_at = '2026-01-01T00:00:00Z' where org_id = ${orgId}::uuid`,
      ),
    )
    expect((await reportOf(readKey)).asOf).toBe("2026-01-01T00:00:00.000Z")
    await foldAll()
    expect(Date.now() - Date.parse((await reportOf(readKey)).asOf)).toBeLessThan(60_000)
  })
})
