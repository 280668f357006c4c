import { pendingMigrations } from "@/lib/base/db/pending-migrations"
import { asWorker } from "@/lib/base/db/transaction"
import { withinMs } from "@/lib/base/http/in-time"
import { hasStopped } from "@/lib/run/health/loops"
import { loopRuns, unsummedOrganisations } from "@/lib/run/health/sql"
import { isStopping } from "@/lib/run/health/stopping"
import { foldLag } from "@/lib/run/metrics/fold-lag"

export type Readiness = {
  isReady: boolean
  /** Why the process is not ready. */
  reasons: string[]
  /** What an operator should check, although requests are answered. */
  warnings: string[]
  foldLagSeconds: number | null
  loops: { name: string; finishedAt: string }[]
}

const longestMs = 3_000
const worryingLagSeconds = 60

// Migrations never go back, so this is checked until it is true once.
let isMigrated = false

/**
 * Ready means that the database answers, has all migrations and all sums that screens read, and that the
 * process is not stopping.
 */
export async function readiness(): Promise<Readiness> {
  if (isStopping()) return notReady("The process is stopping.")
  const seen = await withinMs(longestMs, readState()).catch(() => null)
  if (seen === null) return notReady("The database does not answer.")
  if ("pending" in seen)
    return notReady(`Migrations that the database lacks: ${seen.pending}. Run npm run db:migrate.`)
  if ("unsummed" in seen)
    return notReady(
      `Organisations with days that are not summed yet: ${seen.unsummed}. Run npm run db:migrate.`,
    )
  const { lag, loops } = seen
  const stopped = loops.filter(({ name, seconds_ago: seconds }) => hasStopped(name, seconds))
  return {
    isReady: true,
    reasons: [],
    warnings: [
      ...(lag > worryingLagSeconds
        ? [`The oldest batch has waited ${Math.round(lag)} s to be folded: is a worker running?`]
        : []),
      ...stopped.map(
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

async function readState() {
  if (!isMigrated) {
    const pending = (await pendingMigrations()).length
    if (pending > 0) return { pending }
    const [unsummed] = await asWorker(unsummedOrganisations)
    if (unsummed && unsummed.count > 0) return { unsummed: unsummed.count }
    isMigrated = true
  }
  return asWorker(async (db) => ({ lag: await foldLag(db), loops: await loopRuns(db) }))
}
