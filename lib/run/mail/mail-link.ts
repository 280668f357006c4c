import { makeLink } from "@/lib/access/account-links/make-link"
import { insertTwin, deleteLink, forgetfulByEmail } from "@/lib/access/account-links/sql"
import { linkUrl, newToken } from "@/lib/access/account-links/token"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { linkLetter } from "@/lib/run/mail/link-letter"
import { sendMail, type Mail } from "@/lib/run/mail/send-mail"

/** A user who asks again within so many minutes gets no second mail: whoever knows an address cannot fill its mailbox. */
const minutesBetween = 5

/**
 * Mails a link that an admin made, if it still works. The mail gets a token of its own, made here, so that
 * none ever lies in the queue; using one ends both. Answers whether it was sent.
 */
export async function mailLink({ orgId, linkId }: { orgId: string; linkId: string }): Promise<boolean> {
  const { token, hash } = newToken()
  const [twin] = await inOrganisation(wholeOrganisation(orgId), (db) => insertTwin(db, { linkId, hash }))
  if (!twin) return false
  await sendOrDelete(orgId, twin.id, linkLetter({ ...twin, url: linkUrl(twin.purpose, token) }))
  return true
}

/** Mails a reset link to the user of this address, if there is one who has a password. Answers whether it was sent. */
export async function mailForgetful({ email }: { email: string }): Promise<boolean> {
  const made = await asWorker(async (db) => {
    const [user] = await forgetfulByEmail(db, { email, minutes: minutesBetween })
    return user
      ? { user, link: await makeLink(db, { orgId: user.org_id, userId: user.user_id, purpose: "reset" }) }
      : null
  })
  if (!made) return false
  const { user, link } = made
  await sendOrDelete(user.org_id, link.id, linkLetter({ ...user, purpose: "reset", url: link.url }))
  return true
}

/** A link whose mail did not leave is nobody's: the next attempt makes another. */
async function sendOrDelete(orgId: string, linkId: string, mail: Mail): Promise<void> {
  try {
    await sendMail(mail)
  } catch (error) {
    await inOrganisation(wholeOrganisation(orgId), (db) => deleteLink(db, linkId))
    throw error
  }
}
