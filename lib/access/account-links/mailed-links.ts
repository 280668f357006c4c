import { makeLink } from "@/lib/access/account-links/make-link"
import { deleteLink, resettableUser, insertSecondToken } from "@/lib/access/account-links/sql"
import { linkUrl, newToken } from "@/lib/access/account-links/token"
import type { Purpose } from "@/lib/access/account-links/words"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"

/** A link to send by email, with the values that the email's text needs. */
export type MailedLink = {
  id: string
  orgId: string
  purpose: Purpose
  email: string
  organisation: string
  language: string
  url: string
}

/** Minimum minutes between two reset emails to one user, so that nobody can flood a mailbox. */
const minutesBetween = 5

/**
 * Makes a second token for an admin's link, for the email. The token is made here so that no token is
 * stored in the job queue. Using either token ends both. Returns null if the link no longer works.
 */
export async function linkToMail({
  orgId,
  linkId,
}: {
  orgId: string
  linkId: string
}): Promise<MailedLink | null> {
  const { token, hash } = newToken()
  const [twin] = await inOrganisation(wholeOrganisation(orgId), (db) =>
    insertSecondToken(db, { linkId, hash }),
  )
  return twin ? { ...twin, orgId, url: linkUrl(twin.purpose, token) } : null
}

/**
 * Makes a reset link for the user with this email, if that user has a password. A retry may find a link
 * that was made and not sent.
 */
export const resetToMail = ({
  email,
  isRetry,
}: {
  email: string
  isRetry: boolean
}): Promise<MailedLink | null> =>
  asWorker(async (db) => {
    const [user] = await resettableUser(db, { email, minutes: isRetry ? 0 : minutesBetween })
    if (!user) return null
    const { org_id: orgId, user_id: userId, ...letter } = user
    const { id, url } = await makeLink(db, { orgId, userId, purpose: "reset" })
    return { ...letter, id, orgId, purpose: "reset", url }
  })

/** Deletes a link whose email could not be sent. The next attempt makes another. */
export async function withdrawLink({ orgId, id }: Pick<MailedLink, "orgId" | "id">): Promise<void> {
  await inOrganisation(wholeOrganisation(orgId), (db) => deleteLink(db, id))
}
