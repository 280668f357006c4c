import sql from "sql-template-tag"
import type { SessionUser } from "@/lib/access/sessions/session-user"
import { lookUp, type Db } from "@/lib/base/db/transaction"

/** The user of a session that was used within `idleSeconds` and began within `absoluteSeconds`. */
export const userBySession = (
  sessionId: string,
  { idleSeconds, absoluteSeconds }: { idleSeconds: number; absoluteSeconds: number },
) =>
  lookUp<SessionUser>(sql`
  select id, org_id, email, name, role, password_hash, must_change_password, store_ids, session_id,
         last_seen_at
    from user_by_session(${sessionId}::uuid, ${idleSeconds} * interval '1 s',
      ${absoluteSeconds} * interval '1 s')`)

export type NewSession = { orgId: string; userId: string; userAgent: string | null; address: string | null }

export const insertSession = (db: Db, { orgId, userId, userAgent, address }: NewSession) =>
  db.query<{ id: string }>(sql`
  with signed_in as (update app_user set last_sign_in_at = now() where id = ${userId}::uuid)
  insert into session (org_id, user_id, user_agent, address)
  values (${orgId}::uuid, ${userId}::uuid, ${userAgent}, ${address})
  returning id`)

/** Stores that the session is in use, unless that was stored in the last minute. */
export const touchSession = (db: Db, sessionId: string) =>
  db.query(sql`
  update session set last_seen_at = now() where id = ${sessionId}::uuid
    and last_seen_at < now() - interval '1 minute'`)

/** Ends a user's sessions, except `except`. */
export const endSessions = (db: Db, { userId, except }: { userId: string; except: string | null }) =>
  db.query<{ id: string }>(sql`
  update session set ended_at = now()
   where user_id = ${userId}::uuid and ended_at is null and (${except}::uuid is null or id <> ${except}::uuid)
  returning id`)

export const endSession = (db: Db, sessionId: string) =>
  db.query<{ id: string }>(sql`
  update session set ended_at = now() where id = ${sessionId}::uuid and ended_at is null returning id`)

/** Deletes sessions that began before `before`, at most `limit`. */
export const deleteSessionsBefore = (db: Db, { before, limit }: { before: Date; limit: number }) =>
  db.query<{ id: string }>(sql`
  delete from session where id in (
    select id from session where created_at < ${before}::timestamptz order by created_at
    limit ${limit}::int for update skip locked)
  returning id`)
