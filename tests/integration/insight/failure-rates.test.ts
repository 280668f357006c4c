import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getFailureRates } from "@/app/api/v1/failure-rates/route"
import { GET as getSeries } from "@/app/api/v1/failure-rates/series/route"
import type { Actor } from "@/lib/access/actor/actor"
import { asWorker } from "@/lib/base/db/transaction"
import { failureRates, failureSeries } from "@/lib/insight/rates/failure-rates"
import {
  FailureRatePage,
  FailureRateQuery,
  FailureSeries,
  FailureSeriesQuery,
  groupings,
} from "@/lib/insight/rates/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"

useDatabase()

// The rollups' rows are what the fold would write; "now" is given, within the partitions that exist today.
const hourMs = 3_600_000
const thisHour = Math.floor(Date.now() / hourMs) * hourMs
const now = new Date(thisHour + 10 * 60_000)
const hour = (back: number) => new Date(thisHour - back * hourMs).toISOString()
const utcDay = (back: number) => new Date(thisHour - back * 24 * hourMs).toISOString().slice(0, 10)

type Counts = Partial<
  Record<
    | "presentments"
    | "failures"
    | "device"
    | "card"
    | "system"
    | "raw_attempts"
    | "raw_failures"
    | "raw_device"
    | "raw_card",
    number
  >
>
type TerminalRow = { terminal_id: number; store_id: number; model_id?: number } & Counts
const filled = (row: object) => ({
  beats: 0,
  presentments: 0,
  failures: 0,
  device: 0,
  card: 0,
  operator: 0,
  system: 0,
  unknown: 0,
  raw_attempts: 0,
  raw_failures: 0,
  raw_device: 0,
  raw_card: 0,
  raw_operator: 0,
  raw_system: 0,
  raw_unknown: 0,
  raw_cancelled: 0,
  ecommerce: 0,
  signal_count: 0,
  latency_count: 0,
  ch_issuer: 0,
  ch_user: 0,
  ch_tech: 0,
  ch_chip: 0,
  ch_contactless: 0,
  ch_magstripe: 0,
  ...row,
})

const givenHours = (orgId: string, rows: (TerminalRow & { hour: string })[]) =>
  asWorker((db) =>
    db.query(sql`
  insert into terminal_hour select r.* from jsonb_populate_recordset(null::terminal_hour,
    ${JSON.stringify(rows.map((row) => filled({ org_id: orgId, day: row.hour.slice(0, 10), ...row })))}::jsonb) r`),
  )
const givenDays = (orgId: string, rows: (TerminalRow & { day: string })[]) =>
  asWorker((db) =>
    db.query(sql`
  insert into terminal_day select r.* from jsonb_populate_recordset(null::terminal_day,
    ${JSON.stringify(rows.map((row) => filled({ org_id: orgId, ...row })))}::jsonb) r`),
  )

type Segment = {
  store_id: number
  day: string
  dimension: string
  value: string
  cause?: string
  subcause?: string
  n: number
  failed?: number
}
/** Rows of stores, and the organisation's (store 0) as their sums. */
const givenSegments = (orgId: string, segments: Segment[]) =>
  asWorker(async (db) => {
    const rows = segments.map(({ n, failed = 0, ...row }) => ({
      cause: "",
      subcause: "",
      ...row,
      presentments: n,
      failures: failed,
      raw_attempts: n,
      raw_failures: failed,
    }))
    await db.query(sql`
    with given as (select *
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (store_id bigint, day date,
        dimension text, value text,
      cause text, subcause text, presentments int, failures int, raw_attempts int, raw_failures int))
    insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments,
      failures, raw_attempts, raw_failures)
    select ${orgId}::uuid, store_id, day, dimension, value, cause, subcause, presentments, failures,
           raw_attempts, raw_failures from given
    union all
    select ${orgId}::uuid, 0, day, dimension, value, cause, subcause, sum(presentments), sum(failures),
           sum(raw_attempts), sum(raw_failures)
      from given group by day, dimension, value, cause, subcause`)
  })

const read = (actor: Actor, query: Record<string, unknown>) =>
  failureRates({ actor, query: FailureRateQuery.parse(query), now })
const figures = (page: FailureRatePage) =>
  page.data.map(({ value, attempts, failures, previous }) => [
    value,
    attempts,
    failures,
    previous.attempts,
    previous.failures,
  ])

describe("by cause", () => {
  test("answers presentments and attempts, rate, interval and the period before, each over the total", async () => {
    const { orgId, actor, readKey } = await givenOrganisation({ timeZone: "UTC" })
    const place = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { timeZone: "UTC" })).storeId,
    })
    const row = { terminal_id: place.terminalId, store_id: place.storeId }
    await givenHours(orgId, [
      {
        ...row,
        hour: hour(1),
        presentments: 200,
        failures: 70,
        device: 50,
        card: 20,
        raw_attempts: 250,
        raw_failures: 90,
        raw_device: 65,
        raw_card: 25,
      },
      {
        ...row,
        hour: hour(2),
        presentments: 63,
        failures: 31,
        device: 31,
        raw_attempts: 70,
        raw_failures: 35,
        raw_device: 35,
      },
      { ...row, hour: hour(3), presentments: 20, raw_attempts: 20 },
      {
        ...row,
        hour: hour(5),
        presentments: 999,
        failures: 999,
        card: 999,
        raw_attempts: 999,
        raw_failures: 999,
        raw_card: 999,
      },
    ])
    // From 02:30 to 00:00 hours ago: widened to three whole hours, the period before is the three before
    // them.
    const from = new Date(thisHour - 2 * hourMs + 1000).toISOString()
    const response = await call(
      getFailureRates,
      `/api/v1/failure-rates?groupBy=cause&from=${from}&to=${hour(0)}`,
      { key: readKey },
    )
    const page = FailureRatePage.parse(await response.json())
    expect(page).toMatchObject({ groupBy: "cause", resolution: "hour", from: hour(2), to: hour(0) })
    expect(page.data.map(({ value }) => value)).toEqual(["device", "card", "operator", "system", "unknown"])
    const device = page.data[0]
    expect(device).toMatchObject({
      attempts: 263,
      failures: 81,
      rate: 81 / 263,
      raw: { attempts: 320, failures: 100, rate: 100 / 320 },
    })
    expect(device?.interval?.map((bound) => bound.toFixed(4))).toEqual(["0.2553", "0.3662"])
    expect(device?.previous).toMatchObject({
      attempts: 20,
      failures: 0,
      rate: 0,
      raw: { attempts: 20, failures: 0 },
    })
    expect(page.data[1]).toMatchObject({ attempts: 263, failures: 20 })
    expect(page.total).toMatchObject({
      attempts: 263,
      failures: 101,
      raw: { attempts: 320, failures: 125 },
      previous: { attempts: 20, failures: 0 },
    })
    expect((await read(actor, { from, to: hour(0) })).total).toEqual(page.total)
  })

  test("without sales has no rate, not zero", async () => {
    const { actor } = await givenOrganisation()
    const page = await read(actor, {})
    expect(page.data).toHaveLength(5)
    for (const rate of [page.total, page.total.previous, ...page.data])
      expect(rate).toMatchObject({
        attempts: 0,
        failures: 0,
        rate: null,
        interval: null,
        raw: { rate: null },
      })
  })

  test("is of the caller's organisation alone", async () => {
    const [first, second] = [await givenOrganisation(), await givenOrganisation()]
    const place = await givenTerminal(first.orgId)
    await givenHours(first.orgId, [
      {
        terminal_id: place.terminalId,
        store_id: place.storeId,
        hour: hour(1),
        presentments: 9,
        raw_attempts: 9,
      },
    ])
    expect((await read(first.actor, {})).total.attempts).toBe(9)
    expect((await read(second.actor, {})).total.attempts).toBe(0)
    expect((await read(second.actor, { store: place.storeId })).total.attempts).toBe(0)
  })
})

describe("by place and terminal", () => {
  async function givenFleet() {
    const organisation = await givenOrganisation({ timeZone: "UTC" })
    const { orgId } = organisation
    const ids = await asWorker(async (db) => {
      const [row] = await db.query<{ merchant: number; region: number; model: number }>(sql`
        with m as (insert into merchant (org_id, name) values (${orgId}::uuid, 'Chain') returning id),
             g as (insert into region (org_id, merchant_id, name) select ${orgId}::uuid, id, 'East' from m
               returning id),
             k as (insert into terminal_model (org_id, name) values (${orgId}::uuid, 'A920') returning id)
        select m.id as merchant, g.id as region, k.id as model from m, g, k`)
      if (!row) throw new Error("nothing was inserted")
      return row
    })
    const east = await givenStore(orgId, { name: "East 1", merchantId: ids.merchant, timeZone: "UTC" })
    const lone = await givenStore(orgId, { name: "Lone", timeZone: "UTC" })
    await asWorker((db) =>
      db.query(sql`update store set region_id = ${ids.region}::bigint where id = ${east.storeId}::bigint`),
    )
    const first = await givenTerminal(orgId, { storeId: east.storeId, modelId: ids.model })
    const second = await givenTerminal(orgId, { storeId: lone.storeId })
    await givenHours(orgId, [
      {
        terminal_id: first.terminalId,
        store_id: east.storeId,
        model_id: ids.model,
        hour: hour(1),
        presentments: 10,
        failures: 4,
        card: 4,
        raw_attempts: 12,
        raw_failures: 6,
        raw_card: 6,
      },
      {
        terminal_id: second.terminalId,
        store_id: lone.storeId,
        hour: hour(1),
        presentments: 30,
        failures: 1,
        system: 1,
        raw_attempts: 30,
        raw_failures: 1,
      },
      {
        terminal_id: second.terminalId,
        store_id: lone.storeId,
        hour: hour(3),
        presentments: 5,
        failures: 2,
        system: 2,
        raw_attempts: 5,
        raw_failures: 2,
      },
    ])
    return { ...organisation, ...ids, east, lone, first, second }
  }

  test("each value has its own denominator and a name; sums agree with the total", async () => {
    const { actor, merchant, region, model, east, lone, first, second } = await givenFleet()
    const by = async (groupBy: string) => {
      const page = await read(actor, { groupBy, from: hour(2), to: hour(0) })
      expect(page.data.reduce((sum, row) => sum + row.attempts, 0)).toBe(page.total.attempts)
      return page.data.map(({ value, label, attempts, failures, previous }) => [
        value,
        label,
        attempts,
        failures,
        previous.attempts,
        previous.failures,
      ])
    }
    const [east1, none] = [
      [10, 4, 0, 0],
      [30, 1, 5, 2],
    ]
    expect(await by("store")).toEqual([
      [`${east.storeId}`, "East 1", ...east1],
      [`${lone.storeId}`, "Lone", ...none],
    ])
    expect(await by("terminal")).toEqual([
      [`${first.terminalId}`, first.serial, ...east1],
      [`${second.terminalId}`, second.serial, ...none],
    ])
    expect(await by("merchant")).toEqual([
      [`${merchant}`, "Chain", ...east1],
      [null, null, ...none],
    ])
    expect(await by("region")).toEqual([
      [`${region}`, "East", ...east1],
      [null, null, ...none],
    ])
    expect(await by("model")).toEqual([
      [`${model}`, "A920", ...east1],
      [null, null, ...none],
    ])
  })

  test("a value that had sales only in the period before is there too", async () => {
    const { actor, lone } = await givenFleet()
    expect(figures(await read(actor, { groupBy: "store", from: hour(2), to: hour(1) }))).toEqual([
      [`${lone.storeId}`, 0, 0, 5, 2],
    ])
  })

  test.each(["store", "merchant", "region", "model", "terminal"] as const)(
    "can be limited to a %s",
    async (name) => {
      const { actor, merchant, region, model, east, first } = await givenFleet()
      const id = { store: east.storeId, merchant, region, model, terminal: first.terminalId }[name]
      expect((await read(actor, { [name]: String(id), from: hour(2), to: hour(0) })).total).toMatchObject({
        attempts: 10,
        failures: 4,
      })
    },
  )
})

describe("by day", () => {
  test("beyond the hours' retention, rates are of whole days of each store's own zone", async () => {
    const { orgId, actor } = await givenOrganisation({ timeZone: "Asia/Shanghai", hourRetentionDays: 2 })
    const shanghai = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { timeZone: "Asia/Shanghai" })).storeId,
    })
    const tokyo = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { timeZone: "Asia/Tokyo" })).storeId,
    })
    const days = [20, 19, 18, 17, 16]
    const rows = (place: { terminalId: number; storeId: number }, factor: number) =>
      days.map((back, i) => ({
        terminal_id: place.terminalId,
        store_id: place.storeId,
        day: utcDay(back),
        presentments: factor * 10 ** i,
        raw_attempts: factor * 10 ** i,
      }))
    await givenDays(orgId, [...rows(shanghai, 1), ...rows(tokyo, 2)])

    // The whole Shanghai day of 18 days ago. In Tokyo it ends an hour into the day of 17 days ago: two days
    // there.
    const page = await read(actor, {
      groupBy: "store",
      from: `${utcDay(18)}T00:00:00+08:00`,
      to: `${utcDay(17)}T00:00:00+08:00`,
    })
    expect(page).toMatchObject({
      resolution: "day",
      from: `${utcDay(18)}T00:00:00.000+08:00`,
      to: `${utcDay(17)}T00:00:00.000+08:00`,
    })
    expect(figures(page).toSorted()).toEqual(
      [
        [`${shanghai.storeId}`, 100, 0, 10, 0],
        [`${tokyo.storeId}`, 2200, 0, 22, 0],
      ].toSorted(),
    )
  })

  async function givenSegmentsOf(timeZone: string, otherZone = timeZone) {
    const organisation = await givenOrganisation({ timeZone })
    const { orgId } = organisation
    const [a, b] = [
      await givenStore(orgId, { timeZone, name: "A" }),
      await givenStore(orgId, { timeZone: otherZone, name: "B" }),
    ]
    const terminal = await givenTerminal(orgId, { storeId: a.storeId })
    const other = await givenTerminal(orgId, { storeId: b.storeId })
    const [acquirer] = await asWorker((db) =>
      db.query<{ id: number }>(
        sql`insert into acquirer (org_id, code, name) values (${orgId}::uuid, 'ums', '银联商务') returning id`,
      ),
    )
    await givenDays(orgId, [
      {
        terminal_id: terminal.terminalId,
        store_id: a.storeId,
        day: utcDay(2),
        presentments: 100,
        failures: 5,
        card: 5,
        raw_attempts: 100,
        raw_failures: 5,
      },
      {
        terminal_id: other.terminalId,
        store_id: b.storeId,
        day: utcDay(2),
        presentments: 50,
        failures: 2,
        system: 2,
        raw_attempts: 50,
        raw_failures: 2,
      },
      {
        terminal_id: other.terminalId,
        store_id: b.storeId,
        day: utcDay(3),
        presentments: 40,
        failures: 4,
        system: 4,
        raw_attempts: 40,
        raw_failures: 4,
      },
    ])
    const both = (dimension: string, value: string, otherValue = value): Segment[] => [
      { store_id: a.storeId, day: utcDay(2), dimension, value, n: 95 },
      {
        store_id: a.storeId,
        day: utcDay(2),
        dimension,
        value,
        cause: "card",
        subcause: "insufficient_funds",
        n: 5,
        failed: 5,
      },
      { store_id: b.storeId, day: utcDay(2), dimension, value: otherValue, n: 48 },
      {
        store_id: b.storeId,
        day: utcDay(2),
        dimension,
        value: otherValue,
        cause: "system",
        subcause: "response_timeout",
        n: 2,
        failed: 2,
      },
      { store_id: b.storeId, day: utcDay(3), dimension, value: otherValue, n: 36 },
      {
        store_id: b.storeId,
        day: utcDay(3),
        dimension,
        value: otherValue,
        cause: "system",
        subcause: "response_timeout",
        n: 4,
        failed: 4,
      },
    ]
    await givenSegments(orgId, [
      ...both("code", "unionpay:51", "unionpay:98").map((row) =>
        row.cause ? row : { ...row, value: "unionpay:00" },
      ),
      ...both("acquirer", `${acquirer?.id}`, ""),
      ...both("operator", `${a.storeId}:01`, `${b.storeId}:01`),
      ...both("entryMode", "chip"),
      ...both("release", "1.2"),
      ...both("issuer", "622202"),
    ])
    const range = { from: `${utcDay(2)}T00:00:00Z`, to: `${utcDay(1)}T00:00:00Z` }
    return {
      ...organisation,
      a,
      b,
      acquirer: acquirer?.id,
      by: (groupBy: string, more = {}) => read(organisation.actor, { groupBy, ...range, ...more }),
    }
  }

  test("codes and subcauses are shares of all sales", async () => {
    const { by } = await givenSegmentsOf("UTC")
    const page = await by("code")
    expect(page).toMatchObject({
      resolution: "day",
      total: { attempts: 150, failures: 7, previous: { attempts: 40, failures: 4 } },
    })
    expect(figures(page)).toEqual([
      ["unionpay:51", 150, 5, 40, 0],
      ["unionpay:98", 150, 2, 40, 4],
    ])
    expect(figures(await by("subcause"))).toEqual([
      ["insufficient_funds", 150, 5, 40, 0],
      ["response_timeout", 150, 2, 40, 4],
    ])
  })

  test("other dimensions have their own denominators; what named none is null", async () => {
    const { by, a, b, acquirer } = await givenSegmentsOf("UTC")
    expect(figures(await by("acquirer"))).toEqual([
      [`${acquirer}`, 100, 5, 0, 0],
      [null, 50, 2, 40, 4],
    ])
    expect((await by("acquirer")).data[0]?.label).toBe("银联商务")
    expect((await by("operator")).data.map(({ value, label }) => [value, label])).toEqual([
      [`${a.storeId}:01`, "A 01"],
      [`${b.storeId}:01`, "B 01"],
    ])
    for (const [groupBy, value] of [
      ["entryMode", "chip"],
      ["release", "1.2"],
      ["issuer", "622202"],
    ] as const) {
      expect(figures(await by(groupBy))).toEqual([[value, 150, 7, 40, 4]])
    }
  })

  test("can be limited to a store; a terminal's are not kept", async () => {
    const { by, b } = await givenSegmentsOf("UTC")
    expect(figures(await by("issuer", { store: String(b.storeId) }))).toEqual([["622202", 50, 2, 40, 4]])
    expect(figures(await by("code", { store: String(b.storeId) }))).toEqual([["unionpay:98", 50, 2, 40, 4]])
    await expect(by("issuer", { terminal: "1" })).rejects.toThrow("leave terminal and model out")
  })

  test("where a store keeps other days, dimensions still agree with the total", async () => {
    const { by } = await givenSegmentsOf("UTC", "Asia/Tokyo")
    // The day of UTC lies on two of Tokyo's, and the period before on the two before those.
    const page = await by("issuer")
    expect(page.total).toMatchObject({ attempts: 150, failures: 7, previous: { attempts: 40, failures: 4 } })
    expect(figures(page)).toEqual([["622202", 150, 7, 40, 4]])
  })
})

describe("over time", () => {
  test("hours and days in order with the period before; what had no sales is left out", async () => {
    const { orgId, actor, readKey } = await givenOrganisation({ timeZone: "UTC" })
    const place = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { timeZone: "UTC" })).storeId,
    })
    const row = { terminal_id: place.terminalId, store_id: place.storeId }
    await givenHours(
      orgId,
      [3, 2, 1].map((back) => ({
        ...row,
        hour: hour(back),
        presentments: 10 * back,
        failures: back,
        card: back,
        raw_attempts: 10 * back,
        raw_failures: back,
      })),
    )
    await givenDays(orgId, [
      { ...row, day: utcDay(2), presentments: 7, failures: 1, device: 1, raw_attempts: 9, raw_failures: 2 },
    ])

    const path = `/api/v1/failure-rates/series?bucket=hour&from=${hour(2)}&to=${hour(0)}&terminal=${place.terminalId}`
    const hours = FailureSeries.parse(await (await call(getSeries, path, { key: readKey })).json())
    const bucket = (back: number) => ({
      at: hour(back).replace(".000", ""),
      presentments: 10 * back,
      failures: back,
      byCause: { device: 0, card: back, operator: 0, system: 0, unknown: 0 },
    })
    expect(hours).toMatchObject({
      bucket: "hour",
      from: hour(2),
      to: hour(0),
      data: [bucket(2), bucket(1)],
      previous: [bucket(3)],
    })

    const query = FailureSeriesQuery.parse({
      bucket: "day",
      from: `${utcDay(3)}T00:00:00Z`,
      to: `${utcDay(0)}T00:00:00Z`,
    })
    expect(await failureSeries({ actor, query, now })).toMatchObject({
      bucket: "day",
      data: [{ at: utcDay(2), presentments: 7, failures: 1, byCause: { device: 1, card: 0 } }],
      previous: [],
    })
  })

  test("hours that are not kept any more are answered by day", async () => {
    const { orgId, actor } = await givenOrganisation({ hourRetentionDays: 2, timeZone: "UTC" })
    const { terminalId, storeId } = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { timeZone: "UTC" })).storeId,
    })
    await givenDays(
      orgId,
      [10, 9, 8].map((back) => ({
        terminal_id: terminalId,
        store_id: storeId,
        day: utcDay(back),
        presentments: back,
        raw_attempts: back,
      })),
    )
    const query = FailureSeriesQuery.parse({
      bucket: "hour",
      from: `${utcDay(9)}T00:00:00Z`,
      to: `${utcDay(8)}T00:00:00Z`,
    })
    expect(await failureSeries({ actor, query, now })).toMatchObject({
      bucket: "day",
      data: [{ at: utcDay(9), presentments: 9 }],
      previous: [{ at: utcDay(10), presentments: 10 }],
    })
  })
})

describe("the request", () => {
  test("every grouping answers", async () => {
    const { actor } = await givenOrganisation()
    for (const groupBy of groupings) expect((await read(actor, { groupBy })).groupBy).toBe(groupBy)
  })

  test.each([
    "groupBy=weather",
    "from=yesterday",
    "from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z",
    "store=x",
    "colour=red",
  ])("%s is refused", async (query) => {
    const { readKey } = await givenOrganisation()
    const response = await call(getFailureRates, `/api/v1/failure-rates?${query}`, { key: readKey })
    expect([response.status, response.headers.get("content-type")]).toEqual([422, "application/problem+json"])
  })

  test("needs a key with the scope read", async () => {
    const { ingestKey } = await givenOrganisation()
    expect((await call(getFailureRates, "/api/v1/failure-rates", { key: ingestKey })).status).toBe(403)
    expect((await call(getFailureRates, "/api/v1/failure-rates")).status).toBe(401)
  })

  test("is told until when data is counted: the oldest batch that waits, else now", async () => {
    const { orgId, actor } = await givenOrganisation()
    const waiting = new Date(thisHour - 90_000)
    expect(Date.parse((await read(actor, {})).asOf)).toBeGreaterThan(Date.now() - 60_000)
    await asWorker((db) =>
      db.query(sql`
      insert into ingest_batch (org_id, kind, row_count, min_at, max_at, received_at)
      values (${orgId}::uuid, 'transaction', 1, now(), now(), ${waiting}::timestamptz),
        (${orgId}::uuid, 'transaction', 1, now(), now(), now())`),
    )
    expect((await read(actor, {})).asOf).toBe(waiting.toISOString())
  })
})
