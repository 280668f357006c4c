import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import {
  figures,
  givenDays,
  givenSegments,
  readRates,
  utcDay,
  type Segment,
} from "@/tests/support/failure-rates"

useDatabase()

describe("by day", () => {
  test("uses the same dates of all stores, each in its own zone, when hours are no longer kept", async () => {
    const { orgId, actor } = await givenOrganisation({ timeZone: "Asia/Shanghai", hourRetentionDays: 2 })
    const shanghai = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { timeZone: "Asia/Shanghai" })).storeId,
    })
    const tokyo = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { timeZone: "Asia/Tokyo" })).storeId,
    })
    const days = [20, 25, 18, 17, 16]
    const rows = (place: { terminalId: number; storeId: number }, factor: number) =>
      days.map((back, i) => ({
        terminal_id: place.terminalId,
        store_id: place.storeId,
        day: utcDay(back),
        presentments: factor * 10 ** i,
        raw_attempts: factor * 10 ** i,
      }))
    await givenDays(orgId, [...rows(shanghai, 1), ...rows(tokyo, 2)])

    // The Shanghai day of 18 days ago, which ends an hour into Tokyo's next day.
    const page = await readRates(actor, {
      groupBy: "store",
      from: `${utcDay(18)}T00:00:00+08:00`,
      to: `${utcDay(17)}T00:00:00+08:00`,
    })
    expect(page).toMatchObject({
      resolution: "day",
      from: `${utcDay(18)}T00:00:00.000+08:00`,
      to: `${utcDay(17)}T00:00:00.000+08:00`,
      days: { first: utcDay(18), last: utcDay(18) },
    })
    expect(figures(page).toSorted()).toEqual(
      [
        [`${shanghai.storeId}`, 100, 0, 10, 0],
        [`${tokyo.storeId}`, 200, 0, 20, 0],
      ].toSorted(),
    )
  })

  /** Rows of every dimension in store A (card failures) and store B (system failures, on two days). */
  const rowsOf = (a: number, b: number, dimension: string, value: string, otherValue = value): Segment[] => {
    const inA = { store_id: a, day: utcDay(2), dimension, value }
    const inB = { store_id: b, dimension, value: otherValue }
    const declined = { cause: "card", subcause: "insufficient_funds" }
    const timedOut = { cause: "system", subcause: "response_timeout" }
    return [
      { ...inA, n: 95 },
      { ...inA, ...declined, n: 5, failed: 5 },
      { ...inB, day: utcDay(2), n: 48 },
      { ...inB, ...timedOut, day: utcDay(2), n: 2, failed: 2 },
      { ...inB, day: utcDay(9), n: 36 },
      { ...inB, ...timedOut, day: utcDay(9), n: 4, failed: 4 },
    ]
  }

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
    const [model] = await asWorker((db) =>
      db.query<{ id: number }>(
        sql`insert into terminal_model (org_id, name) values (${orgId}::uuid, 'A920') returning id`,
      ),
    )
    const sales = (presentments: number, failures: number) => ({
      presentments,
      failures,
      raw_attempts: presentments,
      raw_failures: failures,
    })
    const inA = { terminal_id: terminal.terminalId, store_id: a.storeId }
    const inB = { terminal_id: other.terminalId, store_id: b.storeId }
    await givenDays(orgId, [
      { ...inA, day: utcDay(2), ...sales(100, 5), card: 5 },
      { ...inB, day: utcDay(2), ...sales(50, 2), system: 2 },
      { ...inB, day: utcDay(9), ...sales(40, 4), system: 4 },
    ])
    const both = (dimension: string, value: string, otherValue = value) =>
      rowsOf(a.storeId, b.storeId, dimension, value, otherValue)
    await givenSegments(orgId, [
      ...both("code", "unionpay:51", "unionpay:98").map((row) =>
        row.cause ? row : { ...row, value: "unionpay:00" },
      ),
      ...both("acquirer", `${acquirer?.id}`, ""),
      ...both("operator", `${a.storeId}:01`, `${b.storeId}:01`),
      ...both("entryMode", "chip"),
      ...both("release", "1.2"),
      ...both("issuer", "622202"),
      ...both("model", `${model?.id}`, ""),
    ])
    const range = { from: `${utcDay(2)}T00:00:00Z`, to: `${utcDay(1)}T00:00:00Z` }
    return {
      ...organisation,
      a,
      b,
      acquirer: acquirer?.id,
      model: model?.id,
      by: (groupBy: string, more = {}) => readRates(organisation.actor, { groupBy, ...range, ...more }),
    }
  }

  test("codes and subcauses have all sales as denominator", async () => {
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

  test("other dimensions have their own denominators, and null for sales without a value", async () => {
    const { by, a, b, acquirer } = await givenSegmentsOf("UTC")
    expect(figures(await by("acquirer"))).toEqual([
      [`${acquirer}`, 100, 5, 0, 0],
      [null, 50, 2, 40, 4],
    ])
    expect((await by("acquirer")).data[0]?.label).toBe("银联商务")
    expect((await by("operator")).data.map(({ value, label }) => [value, label])).toEqual([
      [`${a.storeId}:01`, "A"],
      [`${b.storeId}:01`, "B"],
    ])
    for (const [groupBy, value] of [
      ["entryMode", "chip"],
      ["release", "1.2"],
      ["issuer", "622202"],
    ] as const) {
      expect(figures(await by(groupBy))).toEqual([[value, 150, 7, 40, 4]])
    }
  })

  test("models are read by day, also as a filter of other groupings", async () => {
    const { by, a, model } = await givenSegmentsOf("UTC")
    const page = await by("model")
    expect(page.resolution).toBe("day")
    expect(page.data.map(({ value, label }) => [value, label])).toEqual([
      [`${model}`, "A920"],
      [null, null],
    ])
    expect(figures(page)).toEqual([
      [`${model}`, 100, 5, 0, 0],
      [null, 50, 2, 40, 4],
    ])
    const filtered = await by("cause", { model: String(model) })
    expect(filtered).toMatchObject({ resolution: "day", total: { attempts: 100, failures: 5 } })
    expect(figures(filtered).slice(0, 2)).toEqual([
      ["card", 100, 5, 0, 0],
      ["device", 100, 0, 0, 0],
    ])
    expect(figures(await by("store", { model: String(model) }))).toEqual([[`${a.storeId}`, 100, 5, 0, 0]])
    expect(figures(await by("model", { model: String(model) }))).toEqual([[`${model}`, 100, 5, 0, 0]])
  })

  test("filters by store, and rejects a filter by terminal", async () => {
    const { by, b } = await givenSegmentsOf("UTC")
    expect(figures(await by("issuer", { store: String(b.storeId) }))).toEqual([["622202", 50, 2, 40, 4]])
    expect(figures(await by("code", { store: String(b.storeId) }))).toEqual([["unionpay:98", 50, 2, 40, 4]])
    await expect(by("issuer", { terminal: "1" })).rejects.toThrow("leave out terminal")
  })

  test("operators and terminals are bounded at 2,000, and more stores are read by day", async () => {
    const { orgId, a, by } = await givenSegmentsOf("UTC")
    await asWorker(async (db) => {
      await db.query(sql`
        insert into store (org_id, code, name, time_zone)
        select ${orgId}::uuid, 'many ' || n, 'many', 'UTC' from generate_series(1, 2000) n`)
      await db.query(sql`
        with made as (
          insert into terminal (org_id, serial)
          select ${orgId}::uuid, 'many ' || n from generate_series(1, 2000) n
          returning id)
        insert into terminal_store (org_id, terminal_id, store_id, from_at)
        select ${orgId}::uuid, made.id, s.id, '1970-01-01'
          from made
          join lateral (select max(id) as id from store where org_id = ${orgId}::uuid) s on true`)
    })
    expect((await by("cause")).resolution).toBe("hour")
    expect((await by("region")).resolution).toBe("day")
    expect(figures(await by("store")).map(([store]) => store)).toContain(String(a.storeId))
    for (const groupBy of ["operator", "terminal"])
      await expect(by(groupBy)).rejects.toThrow("add store, merchant or region")
    expect(figures(await by("operator", { store: String(a.storeId) }))).toEqual([
      [`${a.storeId}:01`, 100, 5, 0, 0],
    ])
    const ofStore = { store: String(a.storeId), from: utcDay(3) }
    expect((await by("terminal", ofStore)).data).toMatchObject([{ attempts: 100 }])
  })

  test("answers the thousand values with most failures, and how many more there are", async () => {
    const { orgId, actor } = await givenOrganisation({ timeZone: "UTC" })
    const { storeId } = await givenStore(orgId, { timeZone: "UTC" })
    await givenSegments(
      orgId,
      Array.from({ length: 1003 }, (_, i) => ({
        store_id: storeId,
        day: utcDay(2),
        dimension: "issuer",
        value: String(600_000 + i),
        cause: "card",
        n: 5000,
        failed: i + 1,
      })),
    )
    const page = await readRates(actor, { groupBy: "issuer" })
    expect(page.data).toHaveLength(1000)
    expect(page.leftOut).toBe(3)
    expect([page.data[0]?.failures, page.data[999]?.failures]).toEqual([1003, 4])
  })

  test("dimensions agree with the total when a store is in another zone", async () => {
    const { by } = await givenSegmentsOf("UTC", "Asia/Tokyo")
    // The UTC day overlaps two days in Tokyo, of which the one with the same date counts.
    const page = await by("issuer")
    expect(page.total).toMatchObject({ attempts: 150, failures: 7, previous: { attempts: 40, failures: 4 } })
    expect(figures(page)).toEqual([["622202", 150, 7, 40, 4]])
  })
})
