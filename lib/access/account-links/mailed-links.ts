import { makeLink } from "@/lib/access/account-links/make-link"
import { deleteLink, forgetfulByEmail, insertTwin } from "@/lib/access/account-links/sql"
import { linkUrl, newToken } from "@/lib/access/account-links/token"
import type { Purpose } from "@/lib/access/account-links/words"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"

/** A link that is to be mailed, and what the letter says of it. */
export type MailedLink = {
  id: string
  orgId: string
  purpose: Purpose
  email: string
  organisation: string
  language: string
  url: string
}

/**
 * A user who asks again within so many minutes gets no second mail: whoever knows an address cannot fill its
 * mailbox.
 */
const minutesBetween = 5

/**
 * The link that an admin made, if it still works, with a token of its own for the mail, made here so that
 * none ever lies in the queue; using one ends both.
 */
export async function mailedTwin({
  orgId,
  linkId,
}: {
  orgId: string
  linkId: string
}): Promise<MailedLink | null> {
  const { token, hash } = newToken()
  const [twin] = await inOrganisation(wholeOrganisation(orgId), (db) => insertTwin(db, { linkId, hash }))
  return twin ? { ...twin, orgId, url: linkUrl(twin.purpose, token) } : null
}

/** A reset link for the user of this address, if there is one who has a password. */
export const mailedReset = ({ email }: { email: string }): Promise<MailedLink | null> =>
  asWorker(async (db) => {
    const [user] = await forgetfulByEmail(db, { email, minutes: minutesBetween })
    if (!user) return null
    const { org_id: orgId, user_id: userId, ...letter } = user
    const { id, url } = await makeLink(db, { orgId, userId, purpose: "reset" })
    return { ...letter, id, orgId, purpose: "reset", url }
  })

/** Deletes a link whose mail did not leave: it is nobody's, and the next attempt makes another. */
export async function withdrawLink({ orgId, id }: Pick<MailedLink, "orgId" | "id">): Promise<void> {
  await inOrganisation(wholeOrganisation(orgId), (db) => deleteLink(db, id))
}
