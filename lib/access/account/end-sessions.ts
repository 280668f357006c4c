import { ownUser } from "@/lib/access/account/own-user"
import { endSessionOfUser } from "@/lib/access/account/sql"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { endSessionsOf } from "@/lib/access/sessions/session"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Ends one of the actor's sessions. */
export async function endOwnSession({
  actor,
  sessionId,
}: {
  actor: Actor
  sessionId: string
}): Promise<{ ended: number }> {
  requirePermission(actor, "account")
  await inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const [ended] = await endSessionOfUser(db, { userId: actor.id, sessionId })
    if (!ended) throw new AppError("not_found", "This session does not exist or has ended.")
    await recordAudit(db, actor, [
      { action: "session.ended", subject: ownUser(actor), before: { address: ended.address } },
    ])
  })
  return { ended: 1 }
}

/** Ends all of the actor's sessions except the current one. */
export async function endOtherSessions({ actor }: { actor: Actor }): Promise<{ ended: number }> {
  requirePermission(actor, "account")
  return inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const ended = await endSessionsOf(db, actor.id, actor.sessionId ?? null)
    if (ended > 0)
      await recordAudit(db, actor, [
        { action: "sessions.ended", subject: ownUser(actor), before: { sessions: ended } },
      ])
    return { ended }
  })
}
