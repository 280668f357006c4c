import { asOwner } from "@/lib/base/db/client"
import type { JobPayloads } from "@/lib/run/jobs/payloads"

/** Attempts of a job; the pauses between them grow to some minutes. */
export const mostAttempts = 6
/** As many take more than an hour: mail servers put strangers off for some minutes. */
export const mailAttempts = 9

/** Seconds; longer than the transactions take that jobs follow. */
export const afterCommit = 5

type Options = {
  key: string
  attempts?: number
  /** For a job that is added before the transaction that it follows commits: it must not be lost, and may find nothing to do. */
  delaySeconds?: number
}

/** Puts a job into the queue. One of the same key that waits is replaced, so that a key has one job at most. */
export const addJob = <Name extends keyof JobPayloads>(
  name: Name,
  payload: JobPayloads[Name],
  { key, attempts = mostAttempts, delaySeconds = 0 }: Options,
): Promise<void> =>
  asOwner(async (client) => {
    await client.query(
      "select graphile_worker.add_job($1, payload := $2::json, job_key := $3, max_attempts := $4, run_at := now() + $5 * interval '1 second')",
      [name, JSON.stringify(payload), key, attempts, delaySeconds],
    )
  })
