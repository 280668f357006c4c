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
  test("uses whole days in each store's own zone when hours are no longer kept", async () => {
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

    // The Shanghai day of 18 days ago. In Tokyo it ends an hour into the next day, so it is two days there.
    const page = await readRates(actor, {
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
      { ...inB, day: utcDay(3), n: 36 },
      { ...inB, ...timedOut, day: utcDay(3), n: 4, failed: 4 },
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
      { ...inB, day: utcDay(3), ...sales(40, 4), system: 4 },
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
    ])
    const range = { from: `${utcDay(2)}T00:00:00Z`, to: `${utcDay(1)}T00:00:00Z` }
    return {
      ...organisation,
      a,
      b,
      acquirer: acquirer?.id,
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

  test("filters by store, and rejects a filter by terminal", async () => {
    const { by, b } = await givenSegmentsOf("UTC")
    expect(figures(await by("issuer", { store: String(b.storeId) }))).toEqual([["622202", 50, 2, 40, 4]])
    expect(figures(await by("code", { store: String(b.storeId) }))).toEqual([["unionpay:98", 50, 2, 40, 4]])
    await expect(by("issuer", { terminal: "1" })).rejects.toThrow("leave out terminal and model")
  })

  test("dimensions agree with the total when a store is in another zone", async () => {
    const { by } = await givenSegmentsOf("UTC", "Asia/Tokyo")
    // The UTC day overlaps two days in Tokyo, and the previous period is the two days before.
    const page = await by("issuer")
    expect(page.total).toMatchObject({ attempts: 150, failures: 7, previous: { attempts: 40, failures: 4 } })
    expect(figures(page)).toEqual([["622202", 150, 7, 40, 4]])
  })
})
