import { endLinksOf } from "@/lib/access/account-links/end-links"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { requireKnownPlaces } from "@/lib/access/actor/places"
import { changedFields } from "@/lib/access/audit/changed-fields"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { endSessionsOf } from "@/lib/access/sessions/session"
import { hasOtherRights, requireMayChange } from "@/lib/access/users/change-rules"
import type { User, UserChange } from "@/lib/access/users/schemas"
import { lockUserAndAdmins, updateUser } from "@/lib/access/users/sql"
import { isAccepted, isSelf, noSuchUser, subjectOf, readUser } from "@/lib/access/users/user-of-row"
import { inOrganisation } from "@/lib/base/db/transaction"

type ChangeUser = { actor: Actor; userId: string; change: UserChange }

/** Changes a user's name, role, reach or state. If their rights change, all their sessions end at once. */
export async function changeUser({ actor, userId, change }: ChangeUser): Promise<User> {
  requirePermission(actor, "users:manage")
  return inOrganisation(actor, async (db) => {
    const locked = await lockUserAndAdmins(db, userId)
    const user = locked.find(({ id }) => id === userId)
    if (!user) throw noSuchUser()
    const before = {
      name: user.name,
      role: user.role,
      reach: user.reach,
      isDisabled: user.disabled_at !== null,
    }
    const after = { ...before, ...change }
    const otherAdmins = locked.filter((row) => row.id !== userId && isAccepted(row)).length
    requireMayChange({ before, after, isSelf: isSelf(actor, userId), otherAdmins })
    await requireKnownPlaces(db, change.reach ?? null)
    await updateUser(db, { userId, ...after })
    if (hasOtherRights(before, after)) await endSessionsOf(db, userId, null)
    if (after.isDisabled) await endLinksOf(db, userId)
    const action =
      before.isDisabled === after.isDisabled
        ? "user.changed"
        : after.isDisabled
          ? "user.disabled"
          : "user.enabled"
    const changed = changedFields(before, after)
    if (changed) await recordAudit(db, actor, [{ action, subject: subjectOf(user), ...changed }])
    return readUser(db, actor, userId)
  })
}
