import { parse } from "csv-parse/sync"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getCsv } from "@/app/api/v1/reports/weekly/[week]/csv/route"
import { GET as getReport } from "@/app/api/v1/reports/weekly/[week]/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays } from "@/lib/base/time/zone"
import type { WeeklyReport } from "@/lib/outlook/reports/schemas"
import { shiftWeek, weekOf } from "@/lib/outlook/reports/week"
import { weeklyReport } from "@/lib/outlook/reports/weekly-report"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { answerOf, lines, transactionsOnce } from "@/tests/support/ingest"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

// A week that is over everywhere. Neither zone changes its clocks: Shanghai is UTC+8, Phoenix UTC-7.
const running = weekOf(new Date(), "Asia/Shanghai")
const week = shiftWeek(running, -2)
const monday = 0
const sunday = 6
const at = (day: number, clock: string, offset: string) => `${addDays(week.from, day)}T${clock}${offset}`
const shanghai = (day: number, clock: string) => at(day, clock, "+08:00")
const phoenix = (day: number, clock: string) => at(day, clock, "-07:00")

const reportOf = async (key: string, name = week.name): Promise<WeeklyReport> => {
  const response = await call(getReport, `/api/v1/reports/weekly/${name}`, { key, params: { week: name } })
  expect(response.status).toBe(200)
  return response.json() as Promise<WeeklyReport>
}

type Sale = { at: string; code?: string; card?: string; outcome?: string; codeSystem?: string }

async function givenSales(ingestKey: string, terminal: string, sales: Sale[]) {
  const records = sales.map(
    (
      {
        at: time,
        code = "00",
        card,
        outcome = code === "00" ? "approved" : "declined",
        codeSystem = "unionpay",
      },
      i,
    ) => ({
      terminal,
      at: time,
      id: `${terminal}-${i}`,
      outcome,
      codeSystem,
      code,
      entryMode: "chip",
      cardRef: card ?? `card-${terminal}-${i}`,
    }),
  )
  const { accepted } = await answerOf(await transactionsOnce({ key: ingestKey, body: lines(records) }))
  expect(accepted).toBe(sales.length)
  await foldAll()
}

async function givenBeats(
  orgId: string,
  terminalId: number,
  times: string[],
  fields: Record<string, unknown> = {},
) {
  await givenBatch(
    orgId,
    "heartbeat",
    times.map((time) => ({ terminal_id: terminalId, at: time, ...fields })),
  )
  await foldAll()
}

describe("failed sales", () => {
  test("are of each store's own Monday to Sunday, by cause, against the week before", async () => {
    const { orgId, ingestKey, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { timeZone: "America/Phoenix" })
    const home = await givenTerminal(orgId)
    const far = await givenTerminal(orgId, { storeId })
    await givenSales(ingestKey, home.serial, [
      { at: shanghai(-1, "23:59:59"), code: "51" }, // the week before
      { at: shanghai(monday, "00:00:00") },
      {
        at: shanghai(1, "10:00:00"),
        code: "2M",
        codeSystem: "ums-mispos",
        outcome: "failed",
        card: "tried twice",
      },
      {
        at: shanghai(1, "10:01:00"),
        code: "2M",
        codeSystem: "ums-mispos",
        outcome: "failed",
        card: "tried twice",
      }, // counts raw alone
      { at: shanghai(2, "12:00:00"), code: "51" },
      { at: shanghai(2, "13:00:00"), code: "55" },
      { at: shanghai(3, "13:00:00"), code: "nobody knows" },
      { at: shanghai(4, "13:00:00") },
      { at: shanghai(sunday, "23:59:59"), code: "91" },
      { at: shanghai(7, "00:00:00"), code: "91" }, // the week after
    ])
    await givenSales(ingestKey, far.serial, [
      { at: phoenix(-1, "23:00:00"), code: "55" }, // Monday in Shanghai, Sunday there: the week before
      { at: phoenix(monday, "01:00:00") },
      { at: phoenix(sunday, "23:00:00"), code: "96" }, // Monday in Shanghai, still Sunday there
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
    // Wilson, 6 of 9.
    expect(total.interval?.[0]).toBeCloseTo(0.3542, 4)
    expect(total.interval?.[1]).toBeCloseTo(0.8794, 4)
  })

  test("of a week without sales have no rate", async () => {
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

describe("availability", () => {
  const hours = { mon: [["09:00", "12:00"]], sun: [["20:00", "22:00"]] }

  test("counts the hours of each store's own week with a sign of life", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const home = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { openingHours: hours })).storeId,
    })
    const far = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { openingHours: hours, timeZone: "America/Phoenix" })).storeId,
    })
    // Up for 2 of 5 open hours: beats while the store is closed do not count.
    await givenBeats(orgId, home.terminalId, [
      shanghai(-1, "10:00:00"),
      shanghai(monday, "09:15:00"),
      shanghai(monday, "09:45:00"),
      shanghai(monday, "18:00:00"),
      shanghai(sunday, "21:59:59"),
    ])
    // Up for 4 of 5: Sunday evening there is Monday noon in Shanghai, and the silent Sunday before is not of
    // this week.
    await givenBeats(orgId, far.terminalId, [
      phoenix(-2, "10:30:00"),
      phoenix(monday, "10:30:00"),
      phoenix(monday, "11:30:00"),
      phoenix(sunday, "20:30:00"),
      phoenix(sunday, "21:30:00"),
    ])
    expect((await reportOf(readKey)).availability).toEqual({
      openHours: 10,
      upHours: 6,
      share: 0.6,
      terminalsWithoutHours: 0,
    })
  })

  test("leaves out what was not in service, and what came later counts from its first heartbeat", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { openingHours: hours })
    const late = await givenTerminal(orgId, { storeId })
    await givenBeats(orgId, late.terminalId, [shanghai(monday, "11:10:00"), shanghai(sunday, "20:10:00")]) // 2 of 3
    const spare = await givenTerminal(orgId, { storeId, status: "spare" })
    await givenBeats(orgId, spare.terminalId, [shanghai(monday, "09:10:00")])
    await givenTerminal(orgId, { storeId }) // never gave a sign of life
    expect((await reportOf(readKey)).availability).toEqual({
      openHours: 3,
      upHours: 2,
      share: 2 / 3,
      terminalsWithoutHours: 0,
    })
  })

  test("follows a terminal that moved, and tells of stores whose hours nobody knows", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const known = await givenStore(orgId, { openingHours: hours })
    const { storeId: unknown } = await givenStore(orgId)
    const moved = await givenTerminal(orgId, { storeId: known.storeId })
    await asWorker(async (db) => {
      await db.query(
        sql`
          update terminal_store set to_at = ${shanghai(monday, "11:00:00")}::timestamptz
          where terminal_id = ${moved.terminalId}::bigint`,
      )
      await db.query(sql`insert into terminal_store (org_id, terminal_id, store_id, from_at)
        values (${orgId}::uuid, ${moved.terminalId}::bigint, ${unknown}::bigint,
          ${shanghai(monday, "11:00:00")}::timestamptz)`)
    })
    await givenBeats(orgId, moved.terminalId, [
      shanghai(monday, "09:10:00"),
      shanghai(monday, "11:10:00"),
      shanghai(sunday, "20:10:00"),
    ])
    // Retired on Monday at ten, put elsewhere on Tuesday: its new place's missing hours are not its own.
    const retired = await givenTerminal(orgId, { storeId: known.storeId })
    await asWorker(async (db) => {
      await db.query(
        sql`
          update terminal_status set to_at = ${shanghai(monday, "10:00:00")}::timestamptz
          where terminal_id = ${retired.terminalId}::bigint`,
      )
      await db.query(
        sql`
          update terminal_store set to_at = ${shanghai(1, "10:00:00")}::timestamptz
          where terminal_id = ${retired.terminalId}::bigint`,
      )
      await db.query(sql`insert into terminal_store (org_id, terminal_id, store_id, from_at)
        values (${orgId}::uuid, ${retired.terminalId}::bigint, ${unknown}::bigint,
          ${shanghai(1, "10:00:00")}::timestamptz)`)
    })
    await givenBeats(orgId, retired.terminalId, [shanghai(-1, "09:10:00"), shanghai(monday, "09:10:00")])
    expect((await reportOf(readKey)).availability).toEqual({
      openHours: 3,
      upHours: 2,
      share: 2 / 3,
      terminalsWithoutHours: 1,
    })
  })
})

describe("fleet", () => {
  test("is what it was at the end of the week", async () => {
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
      // Sent to repair in the first second of the next week: it was active in this one.
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

  test("owes releases and models, by what it runs now", async () => {
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

describe("flags", () => {
  type Given = { opened: string | null; closed?: string; status?: string }
  const givenFlag = (
    orgId: string,
    { terminalId, storeId }: { terminalId: number; storeId: number },
    { opened, closed, status }: Given,
  ) =>
    asWorker((db) =>
      db.query(sql`
      insert into flag (org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
        closed_at, evaluated_at, reasons)
      values (${orgId}::uuid, 'maintenance', 'self_check', ${`terminal:${terminalId}`}, ${terminalId}::bigint, ${storeId}::bigint,
              ${status ?? (closed === undefined ? "open" : "closed")},
              ${opened ?? shanghai(1, "08:00:00")}::timestamptz, ${opened}::timestamptz,
              ${closed ?? null}::timestamptz, now(),
              '[{"code": "check_failed", "check": "pinpad"}]'::jsonb)`),
    )

  test("opened, closed and still open, by the store's own week", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId: far } = await givenStore(orgId, { name: "Far", timeZone: "America/Phoenix" })
    const one = async (name: string, given: Given, storeId?: number) => {
      const terminal = await givenTerminal(orgId, {
        serial: name,
        ...(storeId === undefined ? {} : { storeId }),
      })
      await givenFlag(orgId, terminal, given)
    }
    await one("long open", { opened: shanghai(-9, "10:00:00") })
    await one("long closed", { opened: shanghai(-9, "10:00:00"), closed: shanghai(-2, "10:00:00") })
    await one("closed in the week", {
      opened: shanghai(-9, "10:00:00"),
      closed: shanghai(monday, "00:00:00"),
    })
    await one("came and went", { opened: shanghai(1, "10:00:00"), closed: shanghai(3, "10:00:00") })
    await one("closed after it", { opened: shanghai(sunday, "10:00:00"), closed: shanghai(7, "00:00:00") })
    await one("opened after it", { opened: shanghai(7, "00:00:00") })
    await one("never shown", { opened: null, status: "candidate" })
    await one("far, the week before", { opened: phoenix(-1, "23:00:00") }, far)
    await one("far, late on Sunday", { opened: phoenix(sunday, "23:00:00") }, far)
    const other = await givenOrganisation()
    await givenFlag(other.orgId, await givenTerminal(other.orgId), { opened: shanghai(1, "10:00:00") })

    const { flags } = await reportOf(readKey)
    const names = (part: typeof flags.open) => part.map(({ terminal }) => terminal?.serial).toSorted()
    expect(names(flags.opened)).toEqual(["came and went", "closed after it", "far, late on Sunday"])
    expect(names(flags.closed)).toEqual(["came and went", "closed in the week"])
    expect(names(flags.open)).toEqual([
      "closed after it",
      "far, late on Sunday",
      "far, the week before",
      "long open",
    ])
    expect(flags.open[0]).toMatchObject({
      kind: "maintenance",
      reasons: [{ code: "check_failed", check: "pinpad" }],
      store: { name: "Far" },
    })
  })

  test("in the CSV say what a planner needs, in either language, and no cell is a formula", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { name: '=HYPERLINK("http://example.com")', code: "+1" })
    const terminal = await givenTerminal(orgId, { storeId, serial: "-12" })
    await givenFlag(orgId, terminal, { opened: shanghai(1, "10:00:00") })
    const csv = async (lang: string) => {
      const response = await call(getCsv, `/api/v1/reports/weekly/${week.name}/csv?lang=${lang}`, {
        key: readKey,
        params: { week: week.name },
      })
      expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8")
      expect(response.headers.get("content-disposition")).toBe(
        `attachment; filename="tillwatch-${week.name}-${lang}.csv"`,
      )
      const bytes = Buffer.from(await response.arrayBuffer())
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
      return parse(bytes, { bom: true, relax_column_count: true, skip_empty_lines: true }) as string[][]
    }
    const english = await csv("en")
    const row = english.find((cells) => cells.includes("'-12"))
    expect(row?.[0]).toBe('\'=HYPERLINK("http://example.com")')
    expect(row).toContain("Self-check failed: PIN pad")
    expect(row).toContain(`${addDays(week.from, 1)} 10:00`)
    const chinese = await csv("zh")
    expect(chinese[0]?.slice(0, 2)).toEqual(["终端维护周报", week.name])
    expect(chinese.find((cells) => cells.includes("'-12"))?.join()).toContain("自检异常")
    expect(chinese.length).toBe(english.length)
  })
})

describe("the week", () => {
  test("that runs says so, and one that has not begun is none", async () => {
    const { actor, readKey } = await givenOrganisation()
    expect(await reportOf(readKey, running.name)).toMatchObject({ week: running.name, isOver: false })
    expect(await reportOf(readKey)).toMatchObject({
      from: week.from,
      to: week.to,
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

  test("is for those who may read", async () => {
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
