import { setTimeout as pause } from "node:timers/promises"
import type pg from "pg"
import { asOwner } from "@/lib/base/db/client"
import { log } from "@/lib/base/log/log"
import { expireLeases } from "@/lib/intake/imports/runs/keep-imports"

const usualCheckMs = 5_000

const keyOf = (name: string) => `hashtextextended('tillwatch:queue:' || ${name}, 0)`

/**
 * Holds an advisory lock while the queue runs, and unlocks the jobs of queues that died. The lock ends with
 * the connection. Returns at the signal. Throws if the connection breaks.
 */
export const guardQueue = (
  queueId: string,
  { signal, checkEveryMs = usualCheckMs }: { signal: AbortSignal; checkEveryMs?: number },
): Promise<void> =>
  asOwner(async (client) => {
    // With these settings, PostgreSQL notices within 30 s that this machine is gone.
    await client.query(
      "set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3",
    )
    await client.query(`select pg_advisory_lock(${keyOf("$1::text")})`, [queueId])
    let suspects: readonly string[] = []
    while (!signal.aborted) {
      suspects = await unlockJobs(client, queueId, suspects)
      await pause(checkEveryMs, undefined, { signal }).catch(() => undefined)
    }
  })

/**
 * Unlocks the jobs of queues without a lock at this check and the last one, because a queue takes its lock
 * only shortly after its first job. Returns the queues that had no lock at this check only.
 */
async function unlockJobs(
  client: pg.Client,
  queueId: string,
  suspects: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id
       from (select distinct locked_by as id from graphile_worker.jobs where locked_by <> $1::text) held
      where pg_try_advisory_xact_lock(${keyOf("id")})`,
    [queueId],
  )
  const free = rows.map(({ id }) => id)
  const dead = free.filter((id) => suspects.includes(id))
  if (dead.length > 0) await unlockJobsOf(client, dead)
  return free.filter((id) => !dead.includes(id))
}

async function unlockJobsOf(client: pg.Client, dead: readonly string[]): Promise<void> {
  const { rows: jobs } = await client.query<{ task: string; key: string | null }>(
    "select task_identifier as task, key from graphile_worker.jobs where locked_by = any($1::text[])",
    [dead],
  )
  const imports = jobs.flatMap(({ task, key }) =>
    task === "import" && key ? [key.replace("import:", "")] : [],
  )
  if (imports.length > 0) await expireLeases(imports)
  await client.query("select graphile_worker.force_unlock_workers($1::text[])", [dead])
  log.warn({ jobs: jobs.length }, "unlocked the jobs of a worker that died")
}
