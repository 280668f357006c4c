import type { Forgotten } from "@/lib/access/account-links/schemas"
import { asWorker } from "@/lib/base/db/transaction"
import { env } from "@/lib/base/env"
import { addJob, mailAttempts } from "@/lib/base/jobs/add-job"

/**
 * Has a reset link mailed if the address is a user's. The worker looks that up, so the answer and its timing
 * reveal nothing.
 */
export async function askForReset({ email }: { email: string }): Promise<Forgotten> {
  const isMailed = env().SMTP_URL !== undefined
  const address = email.toLowerCase()
  if (isMailed)
    await asWorker((db) =>
      addJob(db, "mailForgetful", { email: address }, { key: `forgot:${address}`, attempts: mailAttempts }),
    )
  return { isMailed }
}
