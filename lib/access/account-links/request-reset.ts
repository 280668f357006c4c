import type { ResetRequested } from "@/lib/access/account-links/schemas"
import { asWorker } from "@/lib/base/db/transaction"
import { env } from "@/lib/base/env"
import { addJob, mailAttempts } from "@/lib/base/jobs/add-job"

/**
 * Queues an email with a reset link. The worker checks whether the address belongs to a user, so neither
 * the answer nor its timing reveals it.
 */
export async function requestReset({ email }: { email: string }): Promise<ResetRequested> {
  const isMailed = env().SMTP_URL !== undefined
  const address = email.toLowerCase()
  if (isMailed)
    await asWorker((db) =>
      addJob(db, "mailResetLink", { email: address }, { key: `forgot:${address}`, attempts: mailAttempts }),
    )
  return { isMailed }
}
