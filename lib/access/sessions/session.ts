import type { SessionUser } from "@/lib/access/sessions/session-user"
import {
  insertSession,
  touchSession,
  endSession as end,
  endSessions,
  userBySession,
  type NewSession,
} from "@/lib/access/sessions/sql"
import { inOrganisation, wholeOrganisation, type Db } from "@/lib/base/db/transaction"

/** A session ends after this long without use, and this long after it began. */
export const idleSeconds = 12 * 3600
export const absoluteSeconds = 7 * 86_400
const touchedEveryMs = 60_000

/** Begins a session. Returns its id, which the JWT carries. */
export async function beginSession(session: NewSession): Promise<string> {
  const [row] = await inOrganisation(wholeOrganisation(session.orgId), (db) => insertSession(db, session))
  if (!row) throw new Error("no id returned for the inserted session")
  return row.id
}

/** The user of a session. Null if the session is over or the user is disabled. */
export async function findSession(sessionId: string): Promise<SessionUser | null> {
  const [user] = await userBySession(sessionId, { idleSeconds, absoluteSeconds })
  if (!user) return null
  if (Date.now() - user.last_seen_at.getTime() > touchedEveryMs) {
    await inOrganisation(wholeOrganisation(user.org_id), (db) => touchSession(db, sessionId))
  }
  return user
}

export async function endSession({ orgId, sessionId }: { orgId: string; sessionId: string }): Promise<void> {
  await inOrganisation(wholeOrganisation(orgId), (db) => end(db, sessionId))
}

/**
 * Ends all sessions of a user except one. Call it in the transaction that changes password, role or reach,
 * or disables the user. Returns how many ended.
 */
export const endSessionsOf = async (db: Db, userId: string, except: string | null): Promise<number> =>
  (await endSessions(db, { userId, except })).length
