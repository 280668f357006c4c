import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getRates } from "@/app/api/v1/failure-rates/route"
import { GET as getOverview } from "@/app/api/v1/overview/route"
import { GET as getQuarantine } from "@/app/api/v1/quarantine/route"
import { GET as getTerminal } from "@/app/api/v1/terminals/[id]/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import { asWorker, inOrganisation } from "@/lib/base/db/transaction"
import { fewestSales } from "@/lib/outlook/overview/words"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { heartbeatsOnce, lines, minutesAgo, transactionsOnce } from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"

useDatabase()

async function givenTwoStores() {
  const org = await givenOrganisation()
  const [own, other] = [await givenStore(org.orgId), await givenStore(org.orgId)]
  const [ownTerminal, otherTerminal] = [
    await givenTerminal(org.orgId, own),
    await givenTerminal(org.orgId, other),
  ]
  const manager = await givenPerson(org.orgId, "manager", { stores: [own.storeId] })
  return { ...org, own, other, ownTerminal, otherTerminal, manager }
}

describe("a manager limited to a store", () => {
  test("sees only that store's terminals, sales and counts", async () => {
    const { ownTerminal, otherTerminal, manager, ingestKey } = await givenTwoStores()
    const sale = (serial: string, id: string, outcome: string) => ({
      terminal: serial,
      at: minutesAgo(30),
      id,
      outcome,
      codeSystem: "unionpay",
      code: outcome === "approved" ? "00" : "51",
    })
    const ids = Array.from({ length: fewestSales }, (_, i) => String(i + 1))
    await transactionsOnce({
      key: ingestKey,
      body: lines([
        ...ids.map((id) => sale(ownTerminal.serial, id, id === "1" ? "declined" : "approved")),
        ...ids.map((id) => sale(otherTerminal.serial, id, "declined")),
      ]),
    })
    await foldAll()

    const terminals = await (
      await call(getTerminals, "/api/v1/terminals", { headers: manager.headers })
    ).json()
    expect(terminals).toMatchObject({ total: 1, data: [{ serial: ownTerminal.serial }] })
    const foreign = await call(getTerminal, "/api/v1/terminals/x", {
      headers: manager.headers,
      params: { id: String(otherTerminal.terminalId) },
    })
    expect(foreign.status).toBe(404)
    expect(
      await (await call(getOverview, "/api/v1/overview", { headers: manager.headers })).json(),
    ).toMatchObject({ terminals: 1, worstStores: [{ failures: 1, attempts: fewestSales }] })
    for (const groupBy of ["cause", "store", "code", "entryMode"]) {
      const rates = await (
        await call(getRates, `/api/v1/failure-rates?groupBy=${groupBy}`, { headers: manager.headers })
      ).json()
      expect(rates.total).toMatchObject({ attempts: fewestSales, failures: 1 })
      expect(rates.data.reduce((total: number, row: { failures: number }) => total + row.failures, 0)).toBe(1)
    }
  })

  test("is refused what concerns the whole organisation", async () => {
    const { manager } = await givenTwoStores()
    expect((await call(getQuarantine, "/api/v1/quarantine", { headers: manager.headers })).status).toBe(403)
  })

  test("sees raw rows from when a terminal was in the store", async () => {
    const { orgId, own, other, ownTerminal, ingestKey } = await givenTwoStores()
    await heartbeatsOnce({
      key: ingestKey,
      body: lines([60, 30].map((minutes) => ({ terminal: ownTerminal.serial, at: minutesAgo(minutes) }))),
    })
    await asWorker(async (db) => {
      await db.query(
        sql`
          update terminal_store set to_at = now() - interval '45 minutes'
          where terminal_id = ${ownTerminal.terminalId}::bigint`,
      )
      await db.query(sql`insert into terminal_store (org_id, terminal_id, store_id, from_at)
        values (${orgId}::uuid, ${ownTerminal.terminalId}::bigint, ${other.storeId}::bigint,
          now() - interval '45 minutes')`)
    })
    const beats = (storeId: number) =>
      inOrganisation({ orgId, stores: [storeId] }, (db) =>
        db.query<{ count: number }>(sql`
      select count(*)::int as count from heartbeat where terminal_id = ${ownTerminal.terminalId}::bigint
        and at > now() - interval '1 day' and at < now()`),
      )
    expect(await beats(own.storeId)).toEqual([{ count: 1 }])
    expect(await beats(other.storeId)).toEqual([{ count: 1 }])
  })

  test("sees nothing if its reach has no stores", async () => {
    const { orgId } = await givenTwoStores()
    const { headers } = await givenPerson(orgId, "viewer", { stores: [] })
    expect(await (await call(getTerminals, "/api/v1/terminals", { headers })).json()).toMatchObject({
      total: 0,
      data: [],
    })
  })
})
