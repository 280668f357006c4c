import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { turnSecondFactorOff } from "@/lib/access/credentials/set-second-factor"
import type { User } from "@/lib/access/users/schemas"
import { userById } from "@/lib/access/users/sql"
import { isSelf, noSuchUser, subjectOf, readUser } from "@/lib/access/users/user-of-row"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Turns off two-step verification of a user who lost their app. */
export async function removeSecondFactor({ actor, userId }: { actor: Actor; userId: string }): Promise<User> {
  requirePermission(actor, "users:manage")
  // Turning off one's own needs the password, under My account.
  if (isSelf(actor, userId))
    throw new AppError("forbidden", "Turn off your own two-step verification under My account.")
  return inOrganisation(actor, async (db) => {
    const [user] = await userById(db, userId)
    if (!user) throw noSuchUser()
    if (await turnSecondFactorOff(db, userId))
      await recordAudit(db, actor, [{ action: "user.second_factor_removed", subject: subjectOf(user) }])
    return readUser(db, actor, userId)
  })
}
