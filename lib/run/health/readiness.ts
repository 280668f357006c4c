import { pendingMigrations } from "@/lib/base/db/pending-migrations"
import { asWorker } from "@/lib/base/db/transaction"
import { withinMs } from "@/lib/base/http/in-time"
import { loopRuns } from "@/lib/run/health/sql"
import { isStopping } from "@/lib/run/health/stopping"
import { foldLag } from "@/lib/run/metrics/fold-lag"

export type Readiness = {
  isReady: boolean
  /** Why it is not ready. */
  reasons: string[]
  /** What somebody should look at, though requests are answered. */
  warnings: string[]
  foldLagSeconds: number | null
  loops: { name: string; finishedAt: string }[]
}

const longestMs = 3_000
const worryingLagSeconds = 60
/** Loops rest this long between two rounds, and a round takes its time. */
const worryingSilenceSeconds: Record<string, number> = {
  fold: 60,
  detect: 300,
  imports: 300,
  partitions: 7500,
  retention: 10_800,
}

// They only ever go forward: once the database was at this version, it stays so.
let isMigrated = false

/**
 * Whether this process can serve: the database answers, has this version's tables, and nobody asked the
 * process to end.
 */
export async function readiness(): Promise<Readiness> {
  if (isStopping()) return notReady("The process is stopping.")
  const seen = await withinMs(longestMs, look()).catch(() => null)
  if (seen === null) return notReady("The database does not answer.")
  if ("pending" in seen)
    return notReady(
      `The database has not had ${seen.pending} of this version's migrations: npm run db:migrate.`,
    )
  const { lag, loops } = seen
  const silent = loops.filter(
    ({ name, seconds_ago: seconds }) => seconds > (worryingSilenceSeconds[name] ?? Number.POSITIVE_INFINITY),
  )
  return {
    isReady: true,
    reasons: [],
    warnings: [
      ...(lag > worryingLagSeconds
        ? [
            `The oldest batch has waited ${Math.round(lag)} s to be folded; ${worryingLagSeconds} s are worth a look.`,
          ]
        : []),
      ...silent.map(
        ({ name, seconds_ago: seconds }) =>
          `The worker's loop ${name} last ended ${Math.round(seconds)} s ago: is a worker running?`,
      ),
      ...(loops.length === 0 ? ["No worker has run yet."] : []),
    ],
    foldLagSeconds: Math.round(lag * 10) / 10,
    loops: loops.map(({ name, finished_at: finishedAt }) => ({ name, finishedAt: finishedAt.toISOString() })),
  }
}

const notReady = (reason: string): Readiness => ({
  isReady: false,
  reasons: [reason],
  warnings: [],
  foldLagSeconds: null,
  loops: [],
})

async function look() {
  if (!isMigrated) {
    const pending = (await pendingMigrations()).length
    if (pending > 0) return { pending }
    isMigrated = true
  }
  return asWorker(async (db) => ({ lag: await foldLag(db), loops: await loopRuns(db) }))
}
