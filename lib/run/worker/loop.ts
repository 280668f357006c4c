import { setTimeout } from "node:timers/promises"
import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { log } from "@/lib/base/log/log"
import { metrics } from "@/lib/base/metrics"
import type { LoopName, Pace } from "@/lib/run/health/loops"
import { takeRound } from "@/lib/run/worker/take-round"

export type Loop = Pick<Pace, "everyMs" | "idleMs"> & {
  name: LoopName
  /** Does one round as of `now` and returns its counts; null if there was nothing to do. */
  work: (round: { now: Date; signal: AbortSignal }) => Promise<Record<string, unknown> | null>
  /** Pause after a round with work, which can depend on the time it took. If not given, the same. */
  busyMs?: number | ((tookMs: number) => number)
}

const longestPauseMs = 60_000

/**
 * Runs rounds one after the other until the signal. Logs each round with work, and pauses longer after each
 * error.
 */
export async function runLoop(
  { name, work, everyMs, idleMs, busyMs = idleMs }: Loop,
  signal: AbortSignal,
): Promise<void> {
  const mayBegin = async () => everyMs === undefined || (await takeRound(name, everyMs))
  let failures = 0
  while (!signal.aborted) {
    const startedAt = Date.now()
    let pause: number
    try {
      const done = (await mayBegin()) ? await work({ now: new Date(), signal }) : null
      failures = 0
      const tookMs = Date.now() - startedAt
      pause = !done ? idleMs : typeof busyMs === "number" ? busyMs : busyMs(tookMs)
      if (done) reportRound(name, done, tookMs)
      await noteRun(name, tookMs)
    } catch (error) {
      failures += 1
      metrics.roundFailures.inc({ loop: name })
      pause = Math.min(longestPauseMs, 1000 * 2 ** failures)
      log.error(
        { loop: name, error: error instanceof Error ? error.message : "unknown", retryInMs: pause },
        "a round failed",
      )
    }
    await setTimeout(pause, undefined, { signal }).catch(() => undefined)
  }
}

function reportRound(loop: string, done: Record<string, unknown>, tookMs: number): void {
  log.info({ loop, ...done, tookMs }, "a round of work")
  metrics.roundSeconds.observe({ loop }, tookMs / 1000)
  for (const [what, count] of Object.entries(done))
    if (typeof count === "number") metrics.roundWork.inc({ loop, what }, count)
}

// For screens and readiness, a time up to a second old is exact enough.
const noteRun = (name: string, tookMs: number) =>
  asWorker((db) =>
    db.query(sql`
    insert into loop_run as r (name, finished_at, took_ms) values (${name}, now(), ${tookMs}::int)
    on conflict (name) do update set finished_at = excluded.finished_at, took_ms = excluded.took_ms
     where r.finished_at < now() - interval '1 s'`),
  )
