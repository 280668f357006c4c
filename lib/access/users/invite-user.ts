import { issueLink } from "@/lib/access/account-links/issue-link"
import { makeLink } from "@/lib/access/account-links/make-link"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { requireKnownPlaces } from "@/lib/access/actor/places"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { requireReachFits } from "@/lib/access/users/change-rules"
import type { Invitation, UserWithLink } from "@/lib/access/users/schemas"
import { insertInvited } from "@/lib/access/users/sql"
import { subjectOf, readUser } from "@/lib/access/users/user-of-row"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Adds a user, who sets a password through a link. */
export async function inviteUser({
  actor,
  invitation,
}: {
  actor: Actor
  invitation: Invitation
}): Promise<UserWithLink> {
  requirePermission(actor, "users:manage")
  requireReachFits(invitation)
  const { orgId } = actor
  const { email, name, role, reach } = invitation
  return inOrganisation(actor, async (db) => {
    await requireKnownPlaces(db, reach)
    const [invited] = await insertInvited(db, { orgId, email, name, role, reach })
    if (!invited) throw new AppError("conflict", `${email} already has an account.`, { field: "email" })
    const made = await makeLink(db, { orgId, userId: invited.id, purpose: "invitation" })
    await recordAudit(db, actor, [
      { action: "user.invited", subject: subjectOf({ id: invited.id, email }), after: { name, role, reach } },
    ])
    return { user: await readUser(db, actor, invited.id), link: await issueLink(db, orgId, made) }
  })
}
