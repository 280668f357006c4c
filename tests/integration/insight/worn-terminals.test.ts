import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { detect, flagsOf, givenBeats } from "@/tests/support/flags"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const beatNow = async (orgId: string, terminalId: number, fields: Record<string, unknown>) => {
  await givenBatch(orgId, "heartbeat", [{ terminal_id: terminalId, at: new Date().toISOString(), ...fields }])
  await foldAll()
}

test.each([
  [
    "full storage",
    "storage_full",
    { storage_used_pct: 60 },
    { storage_used_pct: 91 },
    { storage_used_pct: 88 },
  ],
  [
    "a worn battery",
    "battery_worn",
    { battery_health_pct: 90 },
    { battery_health_pct: 69 },
    { battery_health_pct: 72 },
  ],
  [
    "a broken printer",
    "printer_fault",
    { printer_status: "ok" },
    { printer_status: "out_of_order" },
    { printer_status: "out_of_order" },
  ],
])("%s gets a flag at once, and loses it when it is good again", async (_name, rule, good, bad, between) => {
  const { orgId, readKey } = await givenOrganisation()
  const { terminalId } = await givenTerminal(orgId)
  await givenBeats(orgId, terminalId, { until: 1, fields: good })
  await detect(orgId, 2)
  expect((await flagsOf(readKey)).data).toEqual([])

  await beatNow(orgId, terminalId, bad)
  await detect(orgId, 2, 2)
  expect((await flagsOf(readKey)).data).toMatchObject([{ rule, kind: "maintenance", status: "open" }])

  await beatNow(orgId, terminalId, between)
  await detect(orgId, 4, 4)
  expect((await flagsOf(readKey)).data).toMatchObject([{ rule }])

  await beatNow(orgId, terminalId, good)
  await detect(orgId, 3, 8)
  expect((await flagsOf(readKey)).data).toEqual([])
})

const sellNow = async (orgId: string, terminalId: number) => {
  await givenBatch(orgId, "transaction", [
    { terminal_id: terminalId, at: new Date().toISOString(), id: "1", outcome: "approved" },
  ])
  await foldAll()
}

test("a terminal without a sale for 90 days is flagged while another sells, until it sells", async () => {
  const { orgId, readKey } = await givenOrganisation()
  const { terminalId } = await givenTerminal(orgId)
  await givenBeats(orgId, terminalId, { until: 1 })
  await asWorker((db) =>
    db.query(sql`
      update terminal_state set last_sale_at = now() - interval '91 days', next_look_at = '-infinity'
       where terminal_id = ${terminalId}::bigint`),
  )
  await detect(orgId, 2)
  expect((await flagsOf(readKey)).data).toEqual([])

  const { terminalId: other } = await givenTerminal(orgId)
  await sellNow(orgId, other)
  await asWorker((db) => db.query(sql`update terminal_state set next_look_at = '-infinity'`))
  await detect(orgId, 2, 2)
  expect((await flagsOf(readKey)).data).toMatchObject([
    { rule: "idle", terminal: { id: terminalId }, reasons: [{ code: "idle", hadSales: true }] },
  ])

  await sellNow(orgId, terminalId)
  await detect(orgId, 3, 4)
  expect((await flagsOf(readKey)).data).toEqual([])
})

test("a terminal whose positions are away from its store is flagged until it is back", async () => {
  const { orgId, readKey } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  await asWorker((db) =>
    db.query(sql`update store set latitude = 31.23, longitude = 121.47 where id = ${storeId}::bigint`),
  )
  const { terminalId } = await givenTerminal(orgId, { storeId })
  // 1.1 km north of the store, in the other coordinate system.
  await givenBeats(orgId, terminalId, {
    count: 3,
    until: 1,
    fields: { lat: 31.238, lon: 121.4745, coordinates: "gcj02" },
  })
  await detect(orgId, 2)
  expect((await flagsOf(readKey)).data).toMatchObject([{ rule: "moved", reasons: [{ code: "moved" }] }])
  await beatNow(orgId, terminalId, { lat: 31.23, lon: 121.47 })
  // The hour after which it is looked at again comes.
  await detect(orgId, 3, 64)
  expect((await flagsOf(readKey)).data).toEqual([])
})
