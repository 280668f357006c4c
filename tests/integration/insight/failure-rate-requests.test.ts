import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getFailureRates } from "@/app/api/v1/failure-rates/route"
import { asWorker } from "@/lib/base/db/transaction"
import { groupings } from "@/lib/insight/rates/words"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { readRates, thisHour } from "@/tests/support/failure-rates"
import { call } from "@/tests/support/http"

useDatabase()

describe("a request for failure rates", () => {
  test("gets an answer for every grouping", async () => {
    const { actor } = await givenOrganisation()
    for (const groupBy of groupings) expect((await readRates(actor, { groupBy })).groupBy).toBe(groupBy)
  })

  test.each([
    "groupBy=weather",
    "from=yesterday",
    "from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z",
    "store=x",
    "colour=red",
  ])("with %s is rejected", async (query) => {
    const { readKey } = await givenOrganisation()
    const response = await call(getFailureRates, `/api/v1/failure-rates?${query}`, { key: readKey })
    expect([response.status, response.headers.get("content-type")]).toEqual([422, "application/problem+json"])
  })

  test("needs a key with the scope read", async () => {
    const { ingestKey } = await givenOrganisation()
    expect((await call(getFailureRates, "/api/v1/failure-rates", { key: ingestKey })).status).toBe(403)
    expect((await call(getFailureRates, "/api/v1/failure-rates")).status).toBe(401)
  })

  test("gets as asOf the time of the oldest waiting batch, or now", async () => {
    const { orgId, actor } = await givenOrganisation()
    const waiting = new Date(thisHour - 90_000)
    expect(Date.parse((await readRates(actor, {})).asOf)).toBeGreaterThan(Date.now() - 60_000)
    await asWorker((db) =>
      db.query(sql`
      insert into ingest_batch (org_id, kind, row_count, min_at, max_at, received_at)
      values (${orgId}::uuid, 'transaction', 1, now(), now(), ${waiting}::timestamptz),
        (${orgId}::uuid, 'transaction', 1, now(), now(), now())`),
    )
    expect((await readRates(actor, {})).asOf).toBe(waiting.toISOString())
  })
})
