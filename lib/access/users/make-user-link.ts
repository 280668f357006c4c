import { issueLink } from "@/lib/access/account-links/issue-link"
import { makeLink } from "@/lib/access/account-links/make-link"
import type { Purpose } from "@/lib/access/account-links/words"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import type { Action } from "@/lib/access/audit/actions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import type { UserWithLink } from "@/lib/access/users/schemas"
import { lockUser, userById, type UserRow } from "@/lib/access/users/sql"
import { isAccepted, isSelf, noSuchUser, subjectOf, readUser } from "@/lib/access/users/user-of-row"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

type MakeUserLink = { actor: Actor; userId: string; purpose: Purpose }

const actionOf = {
  invitation: "user.invited_again",
  reset: "user.reset_link_made",
} as const satisfies Record<Purpose, Action>

/**
 * Makes a new invitation for an invited user, or a reset link for a user with a password. Ends older links.
 */
export async function makeUserLink({ actor, userId, purpose }: MakeUserLink): Promise<UserWithLink> {
  requirePermission(actor, "users:manage")
  // Nobody with access to an admin's unlocked screen may take over the account.
  if (isSelf(actor, userId)) throw new AppError("forbidden", "Change your own password under My account.")
  return inOrganisation(actor, async (db) => {
    await lockUser(db, userId)
    const [row] = await userById(db, userId)
    if (!row) throw noSuchUser()
    requireFits(row, purpose)
    const made = await makeLink(db, { orgId: actor.orgId, userId, purpose })
    await recordAudit(db, actor, [{ action: actionOf[purpose], subject: subjectOf(row) }])
    return { user: await readUser(db, actor, userId), link: await issueLink(db, actor.orgId, made) }
  })
}

function requireFits(row: UserRow, purpose: Purpose): void {
  if (row.disabled_at !== null) throw new AppError("conflict", "This user is disabled. Enable them first.")
  if (purpose === "invitation" && isAccepted(row))
    throw new AppError("conflict", "The invitation has been accepted. Make a reset link instead.")
  if (purpose === "reset" && !row.has_password)
    throw new AppError("conflict", "This user has no password to reset.")
}
