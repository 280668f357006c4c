import { setTimeout as pause } from "node:timers/promises"
import { afterAll, expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { guardQueue } from "@/lib/run/jobs/guard-queue"
import { useDatabase } from "@/tests/support/database"

useDatabase()

const mostTries = 200
const ending = new AbortController()
afterAll(() => ending.abort())

/** Adds a job and locks it for a queue. */
const givenLockedJob = (queueId: string) =>
  asOwner(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "select id from graphile_worker.add_job('partitions', json_build_object())",
    )
    await client.query(
      `update graphile_worker._private_jobs set locked_by = $2::text, locked_at = now(), attempts = 1
        where id = $1::bigint`,
      [rows[0]?.id, queueId],
    )
    return rows[0]?.id ?? ""
  })

const holderOf = (jobId: string) =>
  asOwner(async (client) => {
    const { rows } = await client.query<{ holder: string | null }>(
      "select locked_by as holder from graphile_worker.jobs where id = $1::bigint",
      [jobId],
    )
    return rows[0]?.holder
  })

async function becomesFree(jobId: string): Promise<boolean> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    if ((await holderOf(jobId)) === null) return true
    await pause(20)
  }
  return false
}

const guard = (queueId: string, signal = ending.signal) => guardQueue(queueId, { signal, checkEveryMs: 20 })

test("unlocks jobs of a dead queue, but not of a running one", async () => {
  const [lost, running] = [await givenLockedJob("pool-dead"), await givenLockedJob("pool-running")]
  const stopping = new AbortController()
  const other = guard("pool-running", stopping.signal)
  const own = guard("pool-own")
  expect(await becomesFree(lost)).toBe(true)
  expect(await holderOf(running)).toBe("pool-running")
  stopping.abort()
  await other
  expect(await becomesFree(running)).toBe(true)
  ending.abort()
  await own
})
