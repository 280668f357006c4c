import { EventEmitter } from "node:events"
import { setTimeout as pause } from "node:timers/promises"
import { run, type Runner, type WorkerEvents } from "graphile-worker"
import { log } from "@/lib/base/log/log"
import { metrics } from "@/lib/base/metrics"
import { guardQueue } from "@/lib/run/jobs/guard-queue"
import { queueOptions } from "@/lib/run/jobs/queue-options"
import { tasks } from "@/lib/run/jobs/tasks"

const jobsAtOnce = 2
const againAfterMs = 1_000
const stopsWithinMs = 20_000

/**
 * Runs jobs until the signal. It starts again when the database was away. At the signal, running jobs stop at
 * their next step and go back to the queue.
 */
export async function runJobs(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await runQueue(signal)
    } catch (error) {
      log.warn(
        { error: error instanceof Error ? error.message : "unknown" },
        "the job queue failed and starts again",
      )
      await pause(againAfterMs, undefined, { signal }).catch(() => undefined)
    }
  }
}

async function runQueue(signal: AbortSignal): Promise<void> {
  const ended = new AbortController()
  const events: WorkerEvents = new EventEmitter()
  let queueId = ""
  events.once("pool:create", ({ workerPool }) => (queueId = workerPool.id))
  const runner = await run({
    ...queueOptions(),
    events,
    taskList: tasks,
    concurrency: jobsAtOnce,
    maxPoolSize: jobsAtOnce + 1,
    noHandleSignals: true,
    pollInterval: 2_000,
    gracefulShutdownAbortTimeout: 100,
    // With a delay, graphile-worker would complete jobs in batches without awaiting them.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  })
  measureJobs(runner)
  const guard = guardQueue(queueId, { signal: AbortSignal.any([signal, ended.signal]) })
  const stopping = guard.then(
    () => stopQueue(runner),
    async (error: unknown) => {
      await stopQueue(runner)
      throw error
    },
  )
  try {
    // The runner's own promise may never settle if it was stopped while the database was away.
    await Promise.race([runner.promise, stopping])
  } finally {
    ended.abort()
    await stopping
  }
}

/**
 * Stops the queue, or leaves it behind if it does not stop. The queue and its guard end together, because
 * others treat a queue without a guard as dead.
 */
async function stopQueue(runner: Runner): Promise<void> {
  const stopped = runner.stop().then(
    () => true,
    (error: unknown) => {
      log.warn(
        { error: error instanceof Error ? error.message : "unknown" },
        "the job queue did not stop cleanly",
      )
      return true
    },
  )
  const isStopped = await Promise.race([stopped, pause(stopsWithinMs, false, { ref: false })])
  if (!isStopped) log.warn({ afterMs: stopsWithinMs }, "the job queue did not stop")
}

/** Measures jobs by result. A failed job runs again later, and each run counts. */
function measureJobs({ events }: Runner): void {
  const begun = new Map<string, number>()
  const note = (
    result: "done" | "failed",
    { id, task_identifier: task }: { id: string; task_identifier: string },
  ) => {
    metrics.jobSeconds.observe(
      { task, result },
      (performance.now() - (begun.get(id) ?? performance.now())) / 1000,
    )
    begun.delete(id)
  }
  events.on("job:start", ({ job }) => begun.set(job.id, performance.now()))
  events.on("job:success", ({ job }) => note("done", job))
  events.on("job:error", ({ job }) => note("failed", job))
}
