import {
  resetToMail,
  linkToMail,
  withdrawLink,
  type MailedLink,
} from "@/lib/access/account-links/mailed-links"
import { linkLetter } from "@/lib/run/mail/link-letter"
import { sendMail } from "@/lib/run/mail/send-mail"

/** Mails an admin's invitation or reset link, if it still works. Returns whether it was sent. */
export const mailLink = async (wanted: { orgId: string; linkId: string }): Promise<boolean> =>
  sendOrWithdraw(await linkToMail(wanted))

/**
 * Mails a reset link to the user with this address, if that user has a password. Returns whether it was
 * sent.
 */
export const mailResetLink = async (wanted: { email: string; isRetry: boolean }): Promise<boolean> =>
  sendOrWithdraw(await resetToMail(wanted))

async function sendOrWithdraw(link: MailedLink | null): Promise<boolean> {
  if (!link) return false
  try {
    await sendMail(linkLetter(link))
  } catch (error) {
    await withdrawLink(link)
    throw error
  }
  return true
}
