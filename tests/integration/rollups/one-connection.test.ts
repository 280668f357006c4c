import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { pool } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { recountStore } from "@/lib/rollups/fold/recount-store"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { givenBatch } from "@/tests/support/raw"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()
process.env["DATABASE_POOL_SIZE"] = "1"

const day = addDays(localDay(new Date(), "Asia/Shanghai"), -1)

/** A terminal with one folded and one waiting sale. */
async function givenSales() {
  const { orgId } = await givenOrganisation({ rawRetentionDays: 7 })
  const { terminalId, storeId } = await givenTerminal(orgId)
  const sale = (id: string) => ({
    terminal_id: terminalId,
    at: `${day}T12:00:0${id}+08:00`,
    id,
    outcome: "approved",
  })
  await givenBatch(orgId, "transaction", [sale("1")])
  await foldAll()
  const right = await rollupsOf(orgId)
  await asWorker(async (db) => {
    await db.query(sql`update terminal_day set presentments = 7 where terminal_id = ${terminalId}::bigint`)
    await db.query(sql`update place_day set presentments = 7 where org_id = ${orgId}::uuid`)
  })
  return { orgId, storeId, right, sale }
}

const advisoryLocks = sql`
  select 1 from pg_locks
   where locktype = 'advisory'
     and database = (select oid from pg_database where datname = current_database())`
const locks = async () => (await pool().query(advisoryLocks)).rowCount

test("checks and repairs rollups over one connection, and releases its lock", async () => {
  const { orgId, right, sale } = await givenSales()
  const range = { orgId, from: day, to: addDays(day, 1) }
  expect(await checkRollups({ ...range, isRepair: true })).toMatchObject([
    { table: "terminal_day", column: "presentments", stored: "7", recounted: "1" },
    { table: "place_day", column: "presentments", stored: "7", recounted: "1" },
    { table: "place_day", column: "presentments", stored: "7", recounted: "1" },
  ])
  expect(await rollupsOf(orgId)).toEqual(right)
  await givenBatch(orgId, "transaction", [sale("2")])
  expect(await checkRollups({ ...range, isRepair: false })).toEqual([])
  expect(await locks()).toBe(0)
})

test("recounts a store over a pool of one connection", async () => {
  const { orgId, storeId, right } = await givenSales()
  await recountStore({ orgId, storeId })
  expect(await rollupsOf(orgId)).toEqual(right)
  expect(await locks()).toBe(0)
})
