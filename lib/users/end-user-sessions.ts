import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { endSessionsOf } from "@/lib/access/session"
import { recordDeeds } from "@/lib/audit/record-deeds"
import { inOrganisation } from "@/lib/db/transaction"
import type { EndedSessions } from "@/lib/users/schemas"
import { userById } from "@/lib/users/sql"
import { noSuchUser, subjectOf } from "@/lib/users/user-of-row"

/** Signs a user out everywhere. */
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
      await recordDeeds(db, actor, [
        { action: "user.sessions_ended", subject: subjectOf(user), after: { ended } },
      ])
    return { ended }
  })
}
