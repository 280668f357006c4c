import type { NewLink } from "@/lib/access/account-links/make-link"
import type { MadeLink } from "@/lib/access/account-links/schemas"
import { env } from "@/lib/base/env"
import { addJob, mailAttempts } from "@/lib/run/jobs/queue"

/** Answers a link to the admin who made it and has it mailed where mail is set up. Called after the commit: the worker looks for it. */
export async function handOver(orgId: string, { id, url, expiresAt }: NewLink): Promise<MadeLink> {
  const isMailed = env().SMTP_URL !== undefined
  if (isMailed) await addJob("mailLink", { orgId, linkId: id }, { key: `link:${id}`, attempts: mailAttempts })
  return { url, expiresAt, isMailed }
}
