import { linkExpired } from "@/lib/access/account-links/find-link"
import type { PasswordSet } from "@/lib/access/account-links/schemas"
import { deleteLinks, linkByHash, lockLinkUser, useLink } from "@/lib/access/account-links/sql"
import type { Actor } from "@/lib/access/actor/actor"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { hashSecret } from "@/lib/access/credentials/hash-secret"
import { hashPassword } from "@/lib/access/credentials/password"
import { passwordOwner, replacePassword } from "@/lib/access/credentials/replace-password"
import { isUniqueViolation } from "@/lib/base/db/failures"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

type SetPassword = { token: string; password: string; address: string | null }

/** Only the user of the email gets this, because only they have the link. */
const hasAccountElsewhere = (email: string) =>
  new AppError(
    "conflict",
    `${email} has an account in another organisation. Ask for an invitation to another email.`,
    {
      reason: "email_taken",
    },
  )

/** Sets the password of the link's user. Ends this link, the user's other links and all their sessions. */
export async function setPassword({ token, password, address }: SetPassword): Promise<PasswordSet> {
  const hash = hashSecret(token)
  const [link] = await linkByHash(hash)
  if (!link) throw linkExpired()
  const { org_id: orgId, user_id: userId, email, purpose } = link
  const owner = await passwordOwner({ orgId, userId })
  const passwordHash = await hashPassword(password, owner ?? { email, name: "" })
  const actor: Actor = {
    orgId,
    stores: null,
    kind: "user",
    id: userId,
    name: email,
    role: null,
    scopes: [],
    address,
  }
  await inOrganisation(wholeOrganisation(orgId), async (db) => {
    const [locked] = await lockLinkUser(db, userId)
    const [used] = locked ? await useLink(db, hash) : []
    if (!used) throw linkExpired()
    await deleteLinks(db, userId)
    await replacePassword(db, { userId, passwordHash, exceptSession: null }).catch((error: unknown) => {
      throw isUniqueViolation(error) ? hasAccountElsewhere(email) : error
    })
    const action = purpose === "invitation" ? "user.invitation_accepted" : "user.password_reset"
    await recordAudit(db, actor, [{ action, subject: { kind: "user", id: userId, name: email } }])
  })
  return { email }
}
