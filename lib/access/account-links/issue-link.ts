import type { NewLink } from "@/lib/access/account-links/make-link"
import type { MadeLink } from "@/lib/access/account-links/schemas"
import type { Db } from "@/lib/base/db/transaction"
import { env } from "@/lib/base/env"
import { addJob, mailAttempts } from "@/lib/base/jobs/add-job"

/** Queues an email with the link if SMTP is set up. Returns the link for the admin who made it. */
export async function issueLink(db: Db, orgId: string, { id, url, expiresAt }: NewLink): Promise<MadeLink> {
  const isMailed = env().SMTP_URL !== undefined
  if (isMailed)
    await addJob(db, "mailLink", { orgId, linkId: id }, { key: `link:${id}`, attempts: mailAttempts })
  return { url, expiresAt, isMailed }
}
