import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { JobPayloads } from "@/lib/base/jobs/payloads"

/** Attempts of a job; the pauses between them grow to some minutes. */
export const mostAttempts = 6
/** Attempts that take more than an hour: mail servers put unknown senders off for some minutes. */
export const mailAttempts = 9

type Options = { key: string; attempts?: number }

/**
 * Adds a job in the open transaction: workers see it once that commits. A waiting job of the same key is
 * replaced, so a key has at most one waiting job.
 */
export async function addJob<Name extends keyof JobPayloads>(
  db: Db,
  name: Name,
  payload: JobPayloads[Name],
  { key, attempts = mostAttempts }: Options,
): Promise<void> {
  await db.query(sql`select add_job(${name}, ${JSON.stringify(payload)}::json, ${key}, ${attempts}::int)`)
}
