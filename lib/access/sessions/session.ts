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

/** A session that is not used for so long is over, and so is one that began so long ago. */
export const idleSeconds = 12 * 3600
export const absoluteSeconds = 7 * 86_400
const touchedEveryMs = 60_000

/** Begins a session and answers its id, which the JWT carries. */
export async function beginSession(session: NewSession): Promise<string> {
  const [row] = await inOrganisation(wholeOrganisation(session.orgId), (db) => insertSession(db, session))
  if (!row) throw new Error("a session that was inserted has an id")
  return row.id
}

/** Whose session it is, as the database has them now; null where it is over or its user disabled. */
export async function findSession(sessionId: string): Promise<SessionUser | null> {
  const [user] = await userBySession(sessionId, { idleSeconds, absoluteSeconds })
  if (!user) return null
  if (Date.now() - user.last_seen_at.getTime() > touchedEveryMs) {
    await inOrganisation(wholeOrganisation(user.org_id), (db) => touchSession(db, sessionId))
  }
  return user
}

/** Signs a session out. */
export async function endSession({ orgId, sessionId }: { orgId: string; sessionId: string }): Promise<void> {
  await inOrganisation(wholeOrganisation(orgId), (db) => end(db, sessionId))
}

/**
 * Ends all sessions of a user but one, in the transaction that changes what they may: a new password, role or
 * reach, or being disabled. Answers how many.
 */
export const endSessionsOf = async (db: Db, userId: string, except: string | null): Promise<number> =>
  (await endSessions(db, { userId, except })).length
