import assert from "node:assert/strict"
import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { addJob, recountAttempts } from "@/lib/base/jobs/add-job"
import { addDays, localDay } from "@/lib/base/time/zone"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { jobsOf, rowsOf, type Work } from "@/tests/crash/work"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { givenBatch, isFolded } from "@/tests/support/raw"
import { until } from "@/tests/support/wait"

const days = 30
const salesADay = 40
const dayMs = 86_400_000
const zones = ["Asia/Shanghai", "America/New_York"] as const

type Store = { orgId: string; storeId: number }

/** A store with sales of thirty days. */
async function givenSales(): Promise<Store> {
  const { orgId } = await givenOrganisation()
  const { storeId } = await givenStore(orgId, { timeZone: zones[0] })
  const { terminalId } = await givenTerminal(orgId, { storeId })
  const begun = Date.now() - (days - 2) * dayMs
  await givenBatch(
    orgId,
    "transaction",
    Array.from({ length: days * salesADay }, (_, i) => ({
      terminal_id: terminalId,
      at: new Date(begun + i * (((days - 2) * dayMs) / (days * salesADay))).toISOString(),
      id: `sale ${i}`,
      outcome: i % 3 === 0 ? "declined" : "approved",
      entry_mode: "chip",
      amount_minor: 100 + (i % 7),
    })),
  )
  await until("the fold", 60_000, () => isFolded(orgId))
  return { orgId, storeId }
}

/** A store moves to another time zone, and all its days are counted again, one after the other. */
export function recountWork(): Work {
  let store: Store = { orgId: "", storeId: 0 }
  let before: string[] = []
  const daysOf = async () =>
    (
      await rowsOf(sql`select * from terminal_day
        where store_id = ${store.storeId}::bigint order by terminal_id, day`)
    ).map((row) => JSON.stringify(row))
  return {
    name: "recounting a store",
    begin: async () => {
      store = await givenSales()
      before = await daysOf()
      const { orgId, storeId } = store
      await asWorker(async (db) => {
        await db.query(sql`update store set time_zone = ${zones[1]} where id = ${storeId}::bigint`)
        const key = `recountStore ${storeId}`
        await addJob(db, "recountStore", { orgId, storeId }, { key, attempts: recountAttempts })
      })
    },
    share: async () => {
      if ((await jobsOf("recountStore")) === 0) return 1
      const now = await daysOf()
      return Math.min(now.filter((day) => !before.includes(day)).length / now.length, 0.99)
    },
    check: async () => {
      const today = localDay(new Date(), "UTC")
      const range = { from: addDays(today, -days + 1), to: addDays(today, 2) }
      assert.deepEqual(await checkRollups({ orgId: store.orgId, ...range, isRepair: false }), [])
    },
  }
}
