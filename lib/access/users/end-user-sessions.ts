import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { endSessionsOf } from "@/lib/access/sessions/session"
import type { EndedSessions } from "@/lib/access/users/schemas"
import { userById } from "@/lib/access/users/sql"
import { noSuchUser, subjectOf } from "@/lib/access/users/user-of-row"
import { inOrganisation } from "@/lib/base/db/transaction"

/** Ends all sessions of a user. */
export async function endUserSessions({
  actor,
  userId,
}: {
  actor: Actor
  userId: string
}): Promise<EndedSessions> {
  requirePermission(actor, "users:manage")
  return inOrganisation(actor, async (db) => {
    const [user] = await userById(db, userId)
    if (!user) throw noSuchUser()
    const ended = await endSessionsOf(db, userId, null)
    if (ended > 0)
      await recordAudit(db, actor, [
        { action: "user.sessions_ended", subject: subjectOf(user), after: { ended } },
      ])
    return { ended }
  })
}
