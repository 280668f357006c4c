import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getFailureRates } from "@/app/api/v1/failure-rates/route"
import { asWorker } from "@/lib/base/db/transaction"
import { FailureRatePage } from "@/lib/insight/rates/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { figures, givenHours, hour, hourMs, readRates, thisHour } from "@/tests/support/failure-rates"
import { call } from "@/tests/support/http"

useDatabase()

const week = 7 * 24

describe("by cause", () => {
  test("gives counts, rate, interval and the previous period, all of the total", async () => {
    const { orgId, actor, readKey } = await givenOrganisation({ timeZone: "UTC" })
    const place = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { timeZone: "UTC" })).storeId,
    })
    const row = { terminal_id: place.terminalId, store_id: place.storeId }
    const counted = (presentments: number, device: number, card: number) => ({
      presentments,
      failures: device + card,
      device,
      card,
    })
    const raw = (attempts: number, device: number, card: number) => ({
      raw_attempts: attempts,
      raw_failures: device + card,
      raw_device: device,
      raw_card: card,
    })
    await givenHours(orgId, [
      { ...row, hour: hour(1), ...counted(200, 50, 20), ...raw(250, 65, 25) },
      { ...row, hour: hour(2), ...counted(63, 31, 0), ...raw(70, 35, 0) },
      { ...row, hour: hour(week + 2), ...counted(20, 0, 0), ...raw(20, 0, 0) },
      { ...row, hour: hour(3), ...counted(999, 0, 999), ...raw(999, 0, 999) },
    ])
    // Two hours ago less a second: widened to whole hours. The previous period is a week earlier.
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
      previous: { attempts: 20, failures: 0, rate: 0, raw: { attempts: 20, failures: 0 } },
    })
    expect(device?.interval?.map((bound) => bound.toFixed(4))).toEqual(["0.2553", "0.3662"])
    expect(page.data[1]).toMatchObject({ attempts: 263, failures: 20 })
    expect(page.total).toMatchObject({
      attempts: 263,
      failures: 101,
      raw: { attempts: 320, failures: 125 },
      previous: { attempts: 20, failures: 0 },
    })
    expect((await readRates(actor, { from, to: hour(0) })).total).toEqual(page.total)
  })

  test("has no rate without sales, not 0", async () => {
    const { actor } = await givenOrganisation()
    const page = await readRates(actor, {})
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

  test("counts only the caller's organisation", async () => {
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
    expect((await readRates(first.actor, {})).total.attempts).toBe(9)
    expect((await readRates(second.actor, {})).total.attempts).toBe(0)
    expect((await readRates(second.actor, { store: place.storeId })).total.attempts).toBe(0)
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
      if (!row) throw new Error("expected a row")
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
        hour: hour(week + 2),
        presentments: 5,
        failures: 2,
        system: 2,
        raw_attempts: 5,
        raw_failures: 2,
      },
    ])
    return { ...organisation, ...ids, east, lone, first, second }
  }

  test("gives each value its own denominator and a name, and the sums are the total", async () => {
    const { actor, merchant, region, model, east, lone, first, second } = await givenFleet()
    const by = async (groupBy: string) => {
      const page = await readRates(actor, { groupBy, from: hour(2), to: hour(0) })
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
    // A terminal's own model is read by the hour, too.
    const ofFirst = await readRates(actor, {
      groupBy: "model",
      terminal: String(first.terminalId),
      from: hour(2),
      to: hour(0),
    })
    expect(figures(ofFirst)).toEqual([[`${model}`, 10, 4, 0, 0]])
  })

  test("has a row for a value with sales only in the previous period", async () => {
    const { actor, lone } = await givenFleet()
    expect(figures(await readRates(actor, { groupBy: "store", from: hour(2), to: hour(1) }))).toEqual([
      [`${lone.storeId}`, 0, 0, 5, 2],
    ])
  })

  test.each(["store", "merchant", "region", "terminal"] as const)("filters by %s", async (name) => {
    const { actor, merchant, region, east, first } = await givenFleet()
    const id = { store: east.storeId, merchant, region, terminal: first.terminalId }[name]
    expect((await readRates(actor, { [name]: String(id), from: hour(2), to: hour(0) })).total).toMatchObject({
      attempts: 10,
      failures: 4,
    })
  })
})

test("of many stores are kept together with their total", async () => {
  const { orgId, actor } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const add = (count: number) =>
    asWorker((db) =>
      db.query(sql`
        insert into place_day as d (org_id, store_id, day, presentments, failures, raw_attempts)
        select ${orgId}::uuid, id, (now() - interval '1 day')::date, ${count}::int, ${count}::int,
               ${count}::int
          from unnest(array[0, ${storeId}::bigint]) as id
        on conflict (org_id, store_id, day, group_key) do update
           set presentments = d.presentments + excluded.presentments,
               failures = d.failures + excluded.failures`),
    )
  await asWorker((db) =>
    db.query(sql`
      insert into store (org_id, code, name, time_zone)
      select ${orgId}::uuid, 'many ' || n, 'many', 'UTC' from generate_series(1, 2000) n`),
  )
  const read = async () => {
    const { total, data, asOf } = await readRates(actor, { groupBy: "store" })
    return { total: total.failures, data: data.map(({ failures }) => failures), asOf }
  }
  await add(3)
  const first = await read()
  expect(first).toMatchObject({ total: 3, data: [3] })
  await add(4)
  expect(await read()).toEqual(first)
  expect((await readRates(actor, { groupBy: "cause" })).total.failures).toBe(7)
})
