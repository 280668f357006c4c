import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { requireKnownPlaces } from "@/lib/access/places"
import { endSessionsOf } from "@/lib/access/session"
import { deleteLinks } from "@/lib/account-links/sql"
import { changedFields } from "@/lib/audit/changed-fields"
import { recordDeeds } from "@/lib/audit/record-deeds"
import { inOrganisation } from "@/lib/db/transaction"
import { isOtherStanding, requireMayChange } from "@/lib/users/change-rules"
import type { User, UserChange } from "@/lib/users/schemas"
import { lockUserAndAdmins, updateUser } from "@/lib/users/sql"
import { isAccepted, isSelf, noSuchUser, subjectOf, userNow } from "@/lib/users/user-of-row"

type ChangeUser = { actor: Actor; userId: string; change: UserChange }

/** Changes name, role, reach or whether the user may sign in. What the user may do or see being another, all sessions end at once. */
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
    if (isOtherStanding(before, after)) await endSessionsOf(db, userId, null)
    if (after.isDisabled) await deleteLinks(db, userId)
    const action =
      before.isDisabled === after.isDisabled
        ? "user.changed"
        : after.isDisabled
          ? "user.disabled"
          : "user.enabled"
    const changed = changedFields(before, after)
    if (changed) await recordDeeds(db, actor, [{ action, subject: subjectOf(user), ...changed }])
    return userNow(db, actor, userId)
  })
}
