import { asOwner } from "@/lib/db/client"
import type { JobPayloads } from "@/lib/jobs/payloads"

/** Attempts of a job; the pauses between them grow to some minutes. */
export const mostAttempts = 6
/** As many take more than an hour: mail servers put strangers off for some minutes. */
export const mailAttempts = 9

type Options = { key: string; attempts?: number }

/** Puts a job into the queue. One of the same key that waits is replaced, so that a key has one job at most. */
export const addJob = <Name extends keyof JobPayloads>(name: Name, payload: JobPayloads[Name], { key, attempts = mostAttempts }: Options): Promise<void> =>
  asOwner(async (client) => {
    await client.query("select graphile_worker.add_job($1, payload := $2::json, job_key := $3, max_attempts := $4)", [name, JSON.stringify(payload), key, attempts])
  })
