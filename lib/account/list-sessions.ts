import type { z } from "zod"
import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { absoluteSeconds, idleSeconds } from "@/lib/access/session"
import { deviceOf } from "@/lib/account/device"
import type { OwnSessions } from "@/lib/account/schemas"
import { liveSessions } from "@/lib/account/sql"
import { inOrganisation, wholeOrganisation } from "@/lib/db/transaction"

/** Where the actor is signed in now. */
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
