import sql from "sql-template-tag"
import type { Role, Scope } from "@/lib/access/actor/actor"
import { lookUp, type Db } from "@/lib/base/db/transaction"

export type KeyRow = {
  id: string
  org_id: string
  label: string
  scopes: Scope[]
  store_ids: string[] | null
  last_used_at: Date | null
}
export type CredentialRow = {
  id: string
  org_id: string
  password_hash: string | null
  totp_enabled: boolean
}
export type UserRow = {
  id: string
  org_id: string
  email: string
  name: string
  role: Role
  password_hash: string | null
  must_change_password: boolean
  store_ids: string[] | null
  session_id: string
  last_seen_at: Date
}

export const keyByHash = (hash: Buffer) =>
  lookUp<KeyRow>(sql`
  select id, org_id, label, scopes, store_ids, last_used_at from api_key_by_hash(${hash}::bytea)`)

export const userByEmail = (email: string) =>
  lookUp<CredentialRow>(sql`
  select id, org_id, password_hash, totp_enabled from user_by_email(${email})`)

/** A session that was used within `idleSeconds` and began within `absoluteSeconds`, with its user. */
export const userBySession = (
  sessionId: string,
  { idleSeconds, absoluteSeconds }: { idleSeconds: number; absoluteSeconds: number },
) =>
  lookUp<UserRow>(sql`
  select id, org_id, email, name, role, password_hash, must_change_password, store_ids, session_id, last_seen_at
    from user_by_session(${sessionId}::uuid, ${idleSeconds} * interval '1 s', ${absoluteSeconds} * interval '1 s')`)

export type NewSession = { orgId: string; userId: string; userAgent: string | null; address: string | null }

export const insertSession = (db: Db, { orgId, userId, userAgent, address }: NewSession) =>
  db.query<{ id: string }>(sql`
  with signed_in as (update app_user set last_sign_in_at = now() where id = ${userId}::uuid)
  insert into session (org_id, user_id, user_agent, address)
  values (${orgId}::uuid, ${userId}::uuid, ${userAgent}, ${address})
  returning id`)

/** Notes that the session is in use, if that was not noted within the last minute. */
export const touchSession = (db: Db, sessionId: string) =>
  db.query(sql`
  update session set last_seen_at = now() where id = ${sessionId}::uuid and last_seen_at < now() - interval '1 minute'`)

/** Ends the sessions of a user, but for the one to keep. */
export const endSessions = (db: Db, { userId, except }: { userId: string; except: string | null }) =>
  db.query<{ id: string }>(sql`
  update session set ended_at = now()
   where user_id = ${userId}::uuid and ended_at is null and (${except}::uuid is null or id <> ${except}::uuid)
  returning id`)

export const endSession = (db: Db, sessionId: string) =>
  db.query<{ id: string }>(sql`
  update session set ended_at = now() where id = ${sessionId}::uuid and ended_at is null returning id`)

export type OwnerRow = { email: string; name: string; password_hash: string | null }

export const ownerById = (db: Db, userId: string) =>
  db.query<OwnerRow>(sql`
  select email, name, password_hash from app_user where id = ${userId}::uuid`)

type NewUser = { orgId: string; email: string; role: Role; passwordHash: string; mustChange: boolean }

/** No row where the address has an account already. */
export const insertUser = (db: Db, { orgId, email, role, passwordHash, mustChange }: NewUser) =>
  db.query<{ id: string }>(sql`
  insert into app_user (org_id, email, role, password_hash, must_change_password)
  values (${orgId}::uuid, ${email}, ${role}, ${passwordHash}, ${mustChange})
  on conflict (email) do nothing
  returning id`)

/** Gives a user a password of their own choice. */
export const setPassword = (db: Db, { userId, passwordHash }: { userId: string; passwordHash: string }) =>
  db.query(sql`
  update app_user set password_hash = ${passwordHash}, must_change_password = false where id = ${userId}::uuid`)

/** Locks the user: codes are spent, and the second factor changed, one at a time. */
export const totpOfUser = (db: Db, userId: string) =>
  db.query<{ totp_secret: Buffer | null; is_totp_on: boolean }>(sql`
  select totp_secret, totp_enabled_at is not null as is_totp_on from app_user where id = ${userId}::uuid for update`)

/** Spends the code of a step; no row where it, or a later one, was spent before. */
export const takeTotpStep = (db: Db, userId: string, step: number) =>
  db.query<{ id: string }>(sql`
  update app_user set totp_last_step = ${step}::bigint
   where id = ${userId}::uuid and coalesce(totp_last_step, -1) < ${step}::bigint
  returning id`)

/** Spends a recovery code; no row where it is none of the user's, or spent. */
export const takeRecoveryCode = (db: Db, userId: string, hash: Buffer) =>
  db.query<{ id: number }>(sql`
  update recovery_code set used_at = now()
   where user_id = ${userId}::uuid and code_hash = ${hash}::bytea and used_at is null
  returning id`)

/** Deletes sessions that began before `before`, at most `limit`. */
export const deleteSessionsBefore = (db: Db, { before, limit }: { before: Date; limit: number }) =>
  db.query<{ id: string }>(sql`
  delete from session where id in (
    select id from session where created_at < ${before}::timestamptz order by created_at limit ${limit}::int for update skip locked)
  returning id`)

/** Deletes links to accept an invitation or set a password that were made before `before`, at most `limit`. */
export const deleteLinksBefore = (db: Db, { before, limit }: { before: Date; limit: number }) =>
  db.query<{ id: string }>(sql`
  delete from account_link where id in (
    select id from account_link where created_at < ${before}::timestamptz order by created_at limit ${limit}::int for update skip locked)
  returning id`)

export const organisationsLike = (db: Db, name: string | null) =>
  db.query<{ id: string; name: string }>(sql`
  select id, name from organisation
   where ${name}::text is null or name = ${name}::text or id::text = ${name}::text
   order by created_at`)
