import { describe, expect, test } from "vitest"
import { GET as getSeries } from "@/app/api/v1/failure-rates/series/route"
import { failureSeries } from "@/lib/insight/rates/failure-series"
import { FailureSeries, FailureSeriesQuery } from "@/lib/insight/rates/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { givenDays, givenHours, hour, now, utcDay } from "@/tests/support/failure-rates"
import { call } from "@/tests/support/http"

useDatabase()

const week = 7 * 24

describe("failures over time", () => {
  test("are in order, with the previous period and without buckets that had no sales", async () => {
    const { orgId, actor, readKey } = await givenOrganisation({ timeZone: "UTC" })
    const place = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { timeZone: "UTC" })).storeId,
    })
    const row = { terminal_id: place.terminalId, store_id: place.storeId }
    await givenHours(
      orgId,
      [week + 2, 3, 2, 1].map((back) => ({
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
      { ...row, day: utcDay(5), presentments: 7, failures: 1, device: 1, raw_attempts: 9, raw_failures: 2 },
    ])

    const range = `from=${hour(2)}&to=${hour(0)}`
    const path = `/api/v1/failure-rates/series?bucket=hour&${range}&terminal=${place.terminalId}`
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
      previous: [bucket(week + 2)],
      previousPeriod: { from: hour(week + 2), to: hour(week), days: null },
    })

    const query = FailureSeriesQuery.parse({
      bucket: "day",
      from: `${utcDay(6)}T00:00:00Z`,
      to: utcDay(4),
    })
    expect(await failureSeries({ actor, query, now })).toMatchObject({
      bucket: "day",
      days: { first: utcDay(6), last: utcDay(4) },
      data: [{ at: utcDay(5), presentments: 7, failures: 1, byCause: { device: 1, card: 0 } }],
      previous: [],
    })
  })

  test("are by day when the hours are no longer kept", async () => {
    const { orgId, actor } = await givenOrganisation({ hourRetentionDays: 2, timeZone: "UTC" })
    const { terminalId, storeId } = await givenTerminal(orgId, {
      storeId: (await givenStore(orgId, { timeZone: "UTC" })).storeId,
    })
    await givenDays(
      orgId,
      [16, 10, 9, 8].map((back) => ({
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
      previous: [{ at: utcDay(16), presentments: 16 }],
    })
  })
})
