import type { z } from "zod"
import { deviceOf } from "@/lib/access/account/device"
import type { OwnSessions } from "@/lib/access/account/schemas"
import { liveSessions } from "@/lib/access/account/sql"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { absoluteSeconds, idleSeconds } from "@/lib/access/sessions/session"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"

/** Lists the actor's open sessions. */
export async function listSessions({ actor }: { actor: Actor }): Promise<z.infer<typeof OwnSessions>> {
  requirePermission(actor, "account")
  const rows = await inOrganisation(wholeOrganisation(actor.orgId), (db) =>
    liveSessions(db, { userId: actor.id, idleSeconds, absoluteSeconds }),
  )
  return {
    data: rows.map(({ id, user_agent, address, created_at, last_seen_at }) => ({
      id,
      ...deviceOf(user_agent),
      address,
      startedAt: created_at.toISOString(),
      lastSeenAt: last_seen_at.toISOString(),
      isThis: id === actor.sessionId,
    })),
  }
}
