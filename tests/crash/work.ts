import assert from "node:assert/strict"
import type { Sql } from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import type { JobPayloads } from "@/lib/base/jobs/payloads"
import type { Stack } from "@/tests/support/stack"
import { until } from "@/tests/support/wait"

/** Work of the worker that is killed in the middle. */
export type Work = {
  name: string
  begin: () => Promise<void>
  /** The share that is done, from 0 to 1. It is 1 only when nothing is left to do. */
  share: () => Promise<number>
  /** Throws if something was lost or done twice. */
  check: () => Promise<void>
}

/** A job of a dead worker is taken over within a minute. */
const takenOverWithinMs = 60_000
const endsWithinMs = 240_000

const kills = [
  { victim: "worker", from: 0.2 },
  { victim: "postgres", from: 0.5 },
] as const

/** Kills the worker, and later PostgreSQL, in the middle of the work, and starts them again. */
export async function killWithin(stack: Stack, { name, begin, share, check }: Work): Promise<void> {
  await begin()
  for (const { victim, from } of kills) {
    await until(`${name} to be in the middle`, endsWithinMs, async () => (await share()) >= from)
    await stack[victim].kill()
    await stack[victim].start()
    const left = await share()
    assert.ok(left < 1, `${name} ended before ${victim} was killed`)
    await until(`${name} to go on`, takenOverWithinMs, async () => (await share()) > left)
  }
  await until(`the end of ${name}`, endsWithinMs, async () => (await share()) === 1)
  assert.ok(stack.worker.isRunning(), "the worker did not survive PostgreSQL's death")
  await check()
}

/** How many jobs of these kinds wait or run. */
export const jobsOf = (...kinds: (keyof JobPayloads)[]): Promise<number> =>
  asOwner(async (client) => {
    const jobs = "select 1 from graphile_worker.jobs where task_identifier = any($1::text[])"
    return (await client.query(jobs, [kinds])).rowCount ?? 0
  })

export const rowsOf = <Row>(statement: Sql): Promise<Row[]> => asWorker((db) => db.query<Row>(statement))

export async function countOf(statement: Sql): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(statement)
  return Number(row?.count ?? 0)
}
