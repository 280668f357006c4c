import {
  resetToMail,
  linkToMail,
  withdrawLink,
  type MailedLink,
} from "@/lib/access/account-links/mailed-links"
import { linkLetter } from "@/lib/run/mail/link-letter"
import { sendMail } from "@/lib/run/mail/send-mail"

/** Mails a link that an admin made, if it still works. Answers whether it was sent. */
export const mailLink = async (wanted: { orgId: string; linkId: string }): Promise<boolean> =>
  sendOrWithdraw(await linkToMail(wanted))

/**
 * Mails a reset link to the user of this address, if there is one who has a password. Answers whether it was
 * sent.
 */
export const mailForgetful = async (wanted: { email: string }): Promise<boolean> =>
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
