import assert from "node:assert/strict"
import { Readable } from "node:stream"
import { setTimeout as pause } from "node:timers/promises"
import sql from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { addJob, recountAttempts } from "@/lib/base/jobs/add-job"
import { addDays, localDay } from "@/lib/base/time/zone"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { startStack, type Stack } from "@/tests/support/stack"

const days = 30
const perDay = 40
const dayMs = 86_400_000
/** A job of a dead worker is taken over within a minute. */
const longestMs = 60_000
const zones = { worker: "America/New_York", postgres: "Asia/Tokyo" } as const

/**
 * Kills the worker, then PostgreSQL, in the middle of a recount, and compares every rollup with raw rows.
 * Throws if the recount is not resumed, or if something is counted twice.
 */
export async function checkJobs(): Promise<void> {
  const stack = await startStack({ logLevel: "silent" })
  try {
    const { orgId, actor } = await givenOrganisation()
    const { storeId } = await givenStore(orgId)
    const { serial } = await givenTerminal(orgId, { storeId })
    const body = Readable.from([Buffer.from(sales(serial))])
    const upload = { body, contentType: "application/x-ndjson", contentEncoding: null }
    const { accepted } = await recordTransactions({ actor, upload })
    assert.equal(accepted, days * perDay)
    await stack.worker.start()
    await until("the fold", () => isNone(sql`select 1 from ingest_batch where folded_at is null limit 1`))
    for (const victim of ["worker", "postgres"] as const) {
      await killInRecount(stack, victim, { orgId, storeId })
      const today = localDay(new Date(), "UTC")
      const range = { from: addDays(today, -days + 1), to: addDays(today, 2) }
      assert.deepEqual(await checkRollups({ orgId, ...range, isRepair: false }), [], victim)
    }
  } finally {
    await stack.stop()
  }
}

function sales(terminal: string): string {
  const begun = Date.now() - (days - 2) * dayMs
  return Array.from({ length: days * perDay }, (_, i) =>
    JSON.stringify({
      terminal,
      at: new Date(begun + i * (((days - 2) * dayMs) / (days * perDay))).toISOString(),
      id: `sale ${i}`,
      outcome: i % 3 === 0 ? "declined" : "approved",
      entryMode: "chip",
      amountMinor: 100 + (i % 7),
    }),
  ).join("\n")
}

async function killInRecount(
  stack: Stack,
  victim: "worker" | "postgres",
  { orgId, storeId }: { orgId: string; storeId: number },
): Promise<void> {
  const before = await daysOf(storeId)
  await asWorker(async (db) => {
    await db.query(sql`update store set time_zone = ${zones[victim]} where id = ${storeId}::bigint`)
    const key = `recountStore ${storeId}`
    await addJob(db, "recountStore", { orgId, storeId }, { key, attempts: recountAttempts })
  })
  // Days change one after the other: when the first ones have, the recount is in the middle.
  await until("the recount's first days", async () => (await daysOf(storeId)) !== before)
  await stack[victim].kill()
  if (victim === "postgres") await stack.postgres.start()
  assert.ok((await jobs()) > 0, "the recount ended before the kill")
  if (victim === "worker") await stack.worker.start()
  await until("the recount's end", async () => (await jobs().catch(() => 1)) === 0)
}

/** How many jobs wait or run. */
const jobs = (): Promise<number> =>
  asOwner(async (client) => (await client.query("select 1 from graphile_worker.jobs")).rowCount ?? 0)

const daysOf = (storeId: number): Promise<string> =>
  asWorker(async (db) =>
    JSON.stringify(
      await db.query(sql`
        select * from terminal_day where store_id = ${storeId}::bigint order by day`),
    ),
  )

const isNone = (statement: ReturnType<typeof sql>): Promise<boolean> =>
  asWorker(async (db) => (await db.query(statement)).length === 0)

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + longestMs
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, `waited in vain for ${what}`)
    await pause(20)
  }
}
