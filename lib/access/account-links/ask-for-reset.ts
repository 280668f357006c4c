import type { Forgotten } from "@/lib/access/account-links/schemas"
import { env } from "@/lib/base/env"
import { addJob, mailAttempts } from "@/lib/run/jobs/queue"

/** Has a reset link mailed, if the address is a user's. The worker finds that out, so that the answer and its time tell nobody. */
export async function askForReset({ email }: { email: string }): Promise<Forgotten> {
  const isMailed = env().SMTP_URL !== undefined
  const address = email.toLowerCase()
  if (isMailed)
    await addJob("mailForgetful", { email: address }, { key: `forgot:${address}`, attempts: mailAttempts })
  return { isMailed }
}
