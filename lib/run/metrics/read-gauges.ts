import { asOwner, pools } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { withinMs } from "@/lib/base/http/in-time"
import { metrics } from "@/lib/base/metrics"
import { foldLag } from "@/lib/run/metrics/fold-lag"
import { liveFlagCounts } from "@/lib/run/metrics/sql"

const longestMs = 3_000

type Waiting = { task: string; count: number }

// Only the owner may read the queue's schema.
const waitingJobs = () =>
  asOwner(
    async (client) =>
      (
        await client.query<Waiting>(
          `select task_identifier as task, count(*)::int as count
     from graphile_worker.jobs where locked_at is null and attempts < max_attempts group by 1`,
        )
      ).rows,
  )

/**
 * Sets the gauges that are read from the pools and the database. Without an answer, the database's are
 * empty.
 */
export async function readGauges(): Promise<void> {
  const sumOf = (count: "totalCount" | "idleCount" | "waitingCount") =>
    pools().reduce((sum, pool) => sum + pool[count], 0)
  metrics.pool.set({ state: "in_use" }, sumOf("totalCount") - sumOf("idleCount"))
  metrics.pool.set({ state: "idle" }, sumOf("idleCount"))
  metrics.poolWaiting.set(sumOf("waitingCount"))
  for (const gauge of [metrics.jobsWaiting, metrics.flags, metrics.foldLag]) gauge.reset()

  const reading = Promise.all([
    asWorker(async (db) => ({ lag: await foldLag(db), flags: await liveFlagCounts(db) })),
    waitingJobs(),
  ])
  const read = await withinMs(longestMs, reading).catch(() => null)
  metrics.databaseUp.set(read ? 1 : 0)
  if (!read) return metrics.foldLag.set(Number.NaN)
  const [{ lag, flags }, jobs] = read
  metrics.foldLag.set(lag)
  for (const { kind, status, count } of flags) metrics.flags.set({ kind, status }, count)
  for (const { task, count } of jobs) metrics.jobsWaiting.set({ task }, count)
}
