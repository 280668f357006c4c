import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { JobPayloads } from "@/lib/base/jobs/payloads"

/** Attempts of a job. The pauses between them grow to some minutes. */
export const mostAttempts = 6
/** Attempts over more than an hour, because mail servers may reject unknown senders for some minutes. */
export const mailAttempts = 9
/** Attempts over many hours, because a store that is not recounted shows wrong figures. */
export const recountAttempts = 25

type Options = { key: string; attempts?: number }

/**
 * Adds a job in the open transaction. Workers see it after the commit. It replaces a waiting job with the
 * same key.
 */
export async function addJob<Name extends keyof JobPayloads>(
  db: Db,
  name: Name,
  payload: JobPayloads[Name],
  { key, attempts = mostAttempts }: Options,
): Promise<void> {
  await db.query(sql`select add_job(${name}, ${JSON.stringify(payload)}::json, ${key}, ${attempts}::int)`)
}
